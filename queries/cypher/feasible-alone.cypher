/*
topic = "gaps"
title.en = "What each country can do alone, and what only both can"
title.ja = "一国で実現できるもの、両国でしか実現できないもの"
title.zh = "哪些可獨力完成，哪些須兩國合作"
description.en = "For each solution and component: outside (itself an import), not at all, either country alone, one of them alone, or only jointly; and whether third countries are needed. What is only jointly feasible is what cooperation is for. It says whether a thing can be had, not how much, how soon or at what price."
description.ja = "ソリューションと構成要素ごとに、輸入品（outside）、実現不可（not at all）、どちらの国でも可（either）、一国のみで可（alone）、両国でのみ可（only jointly）の別と、第三国が必要かどうか。両国でしか実現できないものこそ協力の対象。「手に入るか否か」だけを表し、数量・納期・価格は表さない。"
description.zh = "每項解決方案與元件分為：本身為進口（outside）、無法實現（not at all）、任一國皆可（either）、僅其中一國可獨力（alone）、須兩國合作（only jointly），並標示是否需要第三國。須兩國合作者正是合作的意義所在。僅表示「能否取得」，不表示數量、時程或價格。"

[[parameters]]
name = "labels"
type = "list"
default = ["Solution", "Component"]
allowed = ["Solution", "Component"]
description.en = "what to list"
description.ja = "挙げるもの"
description.zh = "要列出的對象"

[[parameters]]
name = "pair"
type = "list"
default = ["TW", "JP"]
size = 2
description.en = "the two countries of the study, ISO codes"
description.ja = "対象とする二つの国・地域（ISOコード）"
description.zh = "所研究的兩個國家或地區（ISO 代碼）"

[[parameters]]
name = "kinds"
type = "list"
default = ["input", "equipment", "service"]
allowed = ["input", "equipment", "service"]
description.en = "kinds of requirement: all for what is lost in time, input and service for what is lost at once"
description.ja = "必要とするものの種類。時間をおいて失われるものは全種、直ちに失われるものはinputとservice"
description.zh = "需求種類：終將失去者取全部，立即失去者取 input 與 service"

[[parameters]]
name = "statuses"
type = "list"
default = ["volume", "limited"]
allowed = ["volume", "limited", "pilot", "announced", "ended"]
description.en = "statuses of offers that count; a blank one always does"
description.ja = "供給とみなす段階。空欄は常に対象"
description.zh = "計入的供應階段；空白者一律計入"

[[parameters]]
name = "country_by"
type = "text"
default = "seat"
allowed = ["seat", "owner"]
description.en = "whose country a vendor has: of its own seat, or of its ultimate owner's"
description.ja = "企業の国の決め方。seat＝自身の所在地、owner＝最終親会社の所在地"
description.zh = "廠商國別的判定：seat＝本身所在地，owner＝最終母公司所在地"

[[parameters]]
name = "lang"
type = "text"
default = "en"
allowed = ["en", "ja", "zh"]
description.en = "language of names: en, ja, zh; where there is none, the Latin name"
description.ja = "名称の言語（en、ja、zh）。その言語の名称がなければ欧文名"
description.zh = "名稱語言（en、ja、zh）；若無該語言名稱則用拉丁字母名稱"

[[columns]]
name = "label"
description.en = "label of the node"
description.ja = "ノードのラベル"
description.zh = "節點的標籤"

[[columns]]
name = "id"
description.en = "its id"
description.ja = "ID"
description.zh = "ID"

[[columns]]
name = "name"
description.en = "its name in the language asked for"
description.ja = "指定した言語での名称"
description.zh = "以指定語言顯示的名稱"

[[columns]]
name = "feasible"
description.en = "outside, not at all, either, … alone, or only jointly"
description.ja = "outside、not at all、either、… alone、only jointlyのいずれか"
description.zh = "outside、not at all、either、… alone 或 only jointly"

[[columns]]
name = "needs_third"
description.en = "whether it fails without imports"
description.ja = "輸入がなければ成り立たないか"
description.zh = "若無進口是否無法成立"
*/
// Every target, a component or a solution.
MATCH (t:Component|Solution)
// What it needs: a list of lists, of each of which one is enough. Requirements of one target with the same
// name in `alternatives` are a choice.
OPTIONAL MATCH (t)-[r:REQUIRES]->(part)
WHERE r.kind IS NULL OR r.kind IN $kinds
WITH t, coalesce('choice ' + r.alternatives, labels(part)[0] + ' ' + part.id) AS need,
  collect(labels(part)[0] + ' ' + part.id) AS parts
WITH t, [parts IN collect(parts) WHERE size(parts) > 0] AS needs
// Who offers it. A blank status counts; a placeholder stands for firms that nobody has named.
// The head of its group: up the edges that control, to the firm that nobody controls.
OPTIONAL MATCH (t)<-[o:OFFERS]-(v:Vendor), control = (v)<-[:OWNS*0..]-(head:Vendor)
WHERE (o.status IS NULL OR o.status IN $statuses) AND NOT coalesce(v.placeholder, false)
  AND all(own IN relationships(control)
    WHERE own.control = 'yes' OR own.share > 0.5 OR (own.control IS NULL AND own.share IS NULL))
  AND NOT EXISTS {
    MATCH (:Vendor)-[own:OWNS]->(head)
    WHERE own.control = 'yes' OR own.share > 0.5 OR (own.control IS NULL AND own.share IS NULL)
  }
WITH DISTINCT t, needs, o, v, head,
  CASE $country_by WHEN 'owner' THEN head.country ELSE v.country END AS country
WITH t, needs, collect(CASE WHEN v IS NOT NULL THEN {
    vendor: v.id, group: head.id, country: country, home: country IN $pair,
    // What the vendor makes itself for this offer settles that need, or that choice.
    needs: [need IN needs WHERE none(part IN need
      WHERE part IN [made IN coalesce(o.in_house, []) | 'Component ' + made])]
  } END) AS offers
WITH t, needs, offers, t:Solution OR coalesce(t.virtual, false) AS virtual
// Ways to have it. Virtual: its needs alone. Else its offers at home; if there are none, imports, which are
// given.
WITH collect({
    key: labels(t)[0] + ' ' + t.id, virtual: virtual, needs: needs,
    sellers: [offer IN offers WHERE offer.home],
    ways: CASE
      WHEN virtual THEN [{home: false, needs: needs}]
      WHEN any(offer IN offers WHERE offer.home) THEN [offer IN offers WHERE offer.home]
      ELSE offers
    END
  }) AS targets
// Each after all that it requires: round by round those whose needs are all there already.
WITH targets, reduce(sorted = [], round IN range(1, size(targets)) |
    CASE WHEN size(sorted) = size(targets) THEN sorted
      ELSE sorted + [t IN targets WHERE NOT t.key IN sorted
        AND all(need IN t.needs WHERE all(part IN need WHERE part IN sorted)) | t.key] END) AS sorted
WITH [key IN sorted | head([t IN targets WHERE t.key = key])] AS targets
// With both countries and imports; with the first alone; with the second alone; with both, but no imports.
WITH targets, reduce(held = [], t IN targets |
    CASE WHEN any(way IN t.ways WHERE all(need IN way.needs WHERE any(part IN need WHERE part IN held)))
      THEN held + [t.key] ELSE held END) AS both,
  reduce(held = [], t IN targets |
    CASE WHEN any(way IN t.ways
        WHERE NOT (way.home AND way.country = $pair[1])
          AND all(need IN way.needs WHERE any(part IN need WHERE part IN held)))
      THEN held + [t.key] ELSE held END) AS first,
  reduce(held = [], t IN targets |
    CASE WHEN any(way IN t.ways
        WHERE NOT (way.home AND way.country = $pair[0])
          AND all(need IN way.needs WHERE any(part IN need WHERE part IN held)))
      THEN held + [t.key] ELSE held END) AS second,
  reduce(held = [], t IN targets |
    CASE WHEN any(way IN t.ways
        WHERE (t.virtual OR way.home)
          AND all(need IN way.needs WHERE any(part IN need WHERE part IN held)))
      THEN held + [t.key] ELSE held END) AS unaided
UNWIND targets AS target
MATCH (t:Component|Solution)
WHERE labels(t)[0] + ' ' + t.id = target.key AND labels(t)[0] IN $labels
RETURN labels(t)[0] AS label, t.id AS id, coalesce(t['name_' + $lang], t.name_en, t.id) AS name,
  CASE
    WHEN NOT target.virtual AND size(target.ways) > 0 AND none(way IN target.ways WHERE way.home)
      THEN 'outside'
    WHEN NOT target.key IN both THEN 'not at all'
    WHEN target.key IN first AND target.key IN second THEN 'either'
    WHEN target.key IN first THEN $pair[0] + ' alone'
    WHEN target.key IN second THEN $pair[1] + ' alone'
    ELSE 'only jointly'
  END AS feasible,
  target.key IN both AND NOT target.key IN unaided AS needs_third
ORDER BY label, id
