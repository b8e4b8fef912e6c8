/*
topic = "gaps"
title.en = "What breaks without these vendors"
title.ja = "この企業が失われると何が成り立たなくなるか"
title.zh = "失去這些廠商會怎樣"
description.en = "Every component and solution that can no longer be had when these vendors are gone, over every hop. Imports stay as they were: they cover only what nobody of the pair offered before; a vendor abroad that is named is gone. No rows: nothing hangs on them. It says whether a thing can be had, not how much, how soon or at what price."
description.ja = "指定した企業がすべて失われたときに手に入らなくなる構成要素とソリューション（段数を問わない）。輸入の範囲は変わらず、もともと両国で誰も供給していなかったものに限るが、指定した第三国の企業は失われる。結果が空なら、依存するものはない。「手に入るか否か」だけを表し、数量・納期・価格は表さない。"
description.zh = "這些廠商全部消失時，無論隔幾層，無法再取得的元件與解決方案。進口不變：僅補足兩國原本就無人供應者；但指定的第三國廠商視為消失。若無結果，表示沒有任何東西非它們不可。僅表示「能否取得」，不表示數量、時程或價格。"

[[parameters]]
name = "vendors"
type = "list"
default = ["tsmc"]
description.en = "ids of the vendors that are gone, all at once"
description.ja = "同時に失われる企業のID"
description.zh = "同時失去的廠商 ID"

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
name = "because"
description.en = "those of its own requirements that are lost too; none: it loses its vendors"
description.ja = "自身が必要とするもののうち共に失われるもの。空なら供給企業そのものが失われる"
description.zh = "其自身需求中一併失去者；若為空，表示失去的是供應廠商本身"
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
// What can be had with everybody present, and without them. Imports stay, but for vendors that are named.
WITH targets, reduce(held = [], t IN targets |
    CASE WHEN any(way IN t.ways WHERE all(need IN way.needs WHERE any(part IN need WHERE part IN held)))
      THEN held + [t.key] ELSE held END) AS held,
  reduce(left = [], t IN targets |
    CASE WHEN any(way IN t.ways
        WHERE NOT coalesce(way.vendor IN $vendors, false)
          AND all(need IN way.needs WHERE any(part IN need WHERE part IN left)))
      THEN left + [t.key] ELSE left END) AS left
UNWIND [t IN targets WHERE t.key IN held AND NOT t.key IN left] AS lost
MATCH (t:Component|Solution)
WHERE labels(t)[0] + ' ' + t.id = lost.key
// Which of its own requirements are lost as well; none: only these vendors offer it.
OPTIONAL MATCH (t)-[r:REQUIRES]->(part)
WHERE labels(part)[0] + ' ' + part.id IN held AND NOT labels(part)[0] + ' ' + part.id IN left
  AND (r.kind IS NULL OR r.kind IN $kinds)
WITH t, part
ORDER BY part.id
WITH t, collect(part.id) AS because
RETURN labels(t)[0] AS label, t.id AS id, coalesce(t['name_' + $lang], t.name_en, t.id) AS name, because
ORDER BY label, id
