/*
topic = "gaps"
title.en = "Components that nobody offers"
title.ja = "供給者のいない構成要素"
title.zh = "無人供應的元件"
description.en = "Components without any counted vendor, at home or abroad, though all that they require can be had; and what fails for want of them. No rows: there is none. It says whether a thing can be had, not how much, how soon or at what price."
description.ja = "必要とするものはすべて手に入るのに、国内外のどの企業も供給していない構成要素と、その欠如により成り立たなくなるもの。結果が空なら、該当はない。「手に入るか否か」だけを表し、数量・納期・価格は表さない。"
description.zh = "所需之物皆可取得，但國內外無任何廠商供應的元件，以及因此無法成立者。若無結果，表示沒有這樣的元件。僅表示「能否取得」，不表示數量、時程或價格。"

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
name = "component"
description.en = "id of the component"
description.ja = "構成要素のID"
description.zh = "元件的 ID"

[[columns]]
name = "name"
description.en = "its name in the language asked for"
description.ja = "指定した言語での名称"
description.zh = "以指定語言顯示的名稱"

[[columns]]
name = "components"
description.en = "components that fail, the root among them"
description.ja = "成り立たなくなる構成要素（自身を含む）"
description.zh = "因此無法取得的元件（含其本身）"

[[columns]]
name = "solutions"
description.en = "solutions that fail"
description.ja = "成り立たなくなるソリューション"
description.zh = "因此無法實現的解決方案"

[[columns]]
name = "severity"
description.en = "solutions that fail, as a part of all"
description.ja = "成り立たなくなるソリューションの全体に占める割合"
description.zh = "無法實現的解決方案占全部的比例"

[[columns]]
name = "waiting"
description.en = "vendors whose offer does not count: pilot, announced, ended"
description.ja = "対象外の供給（試作・発表・終了）をもつ企業"
description.zh = "其供應未計入的廠商：試產、已宣布、已終止"
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
// With everybody present; what nobody offers fails.
WITH targets, reduce(held = [], t IN targets |
    CASE WHEN any(way IN t.ways WHERE all(need IN way.needs WHERE any(part IN need WHERE part IN held)))
      THEN held + [t.key] ELSE held END) AS held
// Roots: offered by nobody, though all that they need can be had.
WITH targets, [t IN targets WHERE NOT t.virtual AND size(t.ways) = 0
    AND all(need IN t.needs WHERE any(part IN need WHERE part IN held)) | t.key] AS roots
UNWIND roots AS root
// What fails when the root alone is missing: all other components that nobody offers are taken as there.
WITH root, targets, reduce(left = [], t IN targets |
    CASE WHEN t.key <> root AND any(needs IN
          CASE WHEN size(t.ways) = 0 THEN [t.needs] ELSE [way IN t.ways | way.needs] END
        WHERE all(need IN needs WHERE any(part IN need WHERE part IN left)))
      THEN left + [t.key] ELSE left END) AS left
WITH root, [t IN targets WHERE NOT t.key IN left | t.key] AS lost
MATCH (c:Component)
WHERE 'Component ' + c.id = root
OPTIONAL MATCH (v:Vendor)-[:OFFERS]->(c)
WITH c, lost, v
ORDER BY v.id
WITH c, lost, collect(v.id) AS waiting
MATCH (t:Component|Solution)
WHERE labels(t)[0] + ' ' + t.id IN lost
WITH c, lost, waiting, t
ORDER BY t.id
WITH c, waiting, collect(CASE WHEN t:Component THEN t.id END) AS components,
  collect(CASE WHEN t:Solution THEN t.id END) AS solutions, COUNT { MATCH (:Solution) } AS total
RETURN c.id AS component, coalesce(c['name_' + $lang], c.name_en, c.id) AS name, components, solutions,
  CASE WHEN total > 0 THEN toFloat(size(solutions)) / total ELSE 0.0 END AS severity, waiting
ORDER BY severity DESC, size(components) DESC, component
