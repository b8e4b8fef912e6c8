/*
topic = "gaps"
title.en = "Single points of failure"
title.ja = "単一障害点"
title.zh = "單點失效"
description.en = "Every vendor, group or country whose loss alone takes a component or a solution along, anywhere in the chain. A group or a country is listed only for what no vendor inside it takes along already. Choices, parts made in house and imports are taken into account. It says whether a thing can be had, not how much, how soon or at what price."
description.ja = "単独で失われただけで、供給網のどこかの構成要素やソリューションが成り立たなくなる企業・企業グループ・国。グループや国は、その中の一社だけでは失われないものがある場合に限って挙げる。代替可能な選択肢、内製、輸入も考慮する。「手に入るか否か」だけを表し、数量・納期・価格は表さない。"
description.zh = "只要單獨失去，就會使供應鏈上某個元件或解決方案無法取得的廠商、集團或國家。集團與國家僅在其造成的損失非單一所屬廠商即可造成時列出。已考慮可擇一的需求、自製與進口。僅表示「能否取得」，不表示數量、時程或價格。"

[[parameters]]
name = "units"
type = "list"
default = ["vendor", "group", "country"]
allowed = ["vendor", "group", "country"]
description.en = "units to list"
description.ja = "挙げる単位"
description.zh = "要列出的單位"

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
name = "unit"
description.en = "what is lost: vendor, group or country"
description.ja = "失われる単位（企業・グループ・国）"
description.zh = "失去的單位：廠商、集團或國家"

[[columns]]
name = "member"
description.en = "which one: id of the vendor, of the group's head, or of the country"
description.ja = "対象のID（企業、グループの最終親会社、または国）"
description.zh = "對象的 ID：廠商、集團最終母公司或國家"

[[columns]]
name = "name"
description.en = "its name in the language asked for"
description.ja = "指定した言語での名称"
description.zh = "以指定語言顯示的名稱"

[[columns]]
name = "roots"
description.en = "components left without a vendor, sorted by id"
description.ja = "供給者がいなくなる構成要素（ID順）"
description.zh = "失去供應者的元件（依 ID 排序）"

[[columns]]
name = "components"
description.en = "components lost, sorted by id"
description.ja = "失われる構成要素（ID順）"
description.zh = "失去的元件（依 ID 排序）"

[[columns]]
name = "solutions"
description.en = "solutions lost, sorted by id"
description.ja = "失われるソリューション（ID順）"
description.zh = "失去的解決方案（依 ID 排序）"

[[columns]]
name = "severity"
description.en = "solutions lost, as a part of those that can be had with everybody present"
description.ja = "失われるソリューションの割合（全社がそろうときに実現できるもののうち）"
description.zh = "失去的解決方案占比（相對於全體廠商俱在時可實現者）"
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
// What can be had with everybody present.
WITH targets, reduce(held = [], t IN targets |
    CASE WHEN any(way IN t.ways WHERE all(need IN way.needs WHERE any(part IN need WHERE part IN held)))
      THEN held + [t.key] ELSE held END) AS held
WITH held, reduce(all = [], t IN targets | all + t.sellers) AS sellers,
  [t IN targets | t {.*, able: [way IN t.ways
    WHERE way.home AND all(need IN way.needs WHERE any(part IN need WHERE part IN held))]}] AS targets
// Only a unit that is the sole one able to deliver some component can take anything along.
UNWIND range(0, 2) AS rank
WITH held, sellers, targets, rank, ['vendor', 'group', 'country'][rank] AS unit
WITH held, sellers, targets, rank, unit, reduce(members = [], t IN targets |
    CASE WHEN size(t.able) > 0 AND all(way IN t.able WHERE way[unit] = t.able[0][unit])
      AND NOT t.able[0][unit] IN members
      THEN members + [t.able[0][unit]] ELSE members END) AS members
UNWIND members AS member
// What can be had without it.
WITH held, sellers, targets, rank, unit, member, reduce(left = [], t IN targets |
    CASE WHEN any(way IN t.ways
        WHERE (NOT way.home OR way[unit] <> member)
          AND all(need IN way.needs WHERE any(part IN need WHERE part IN left)))
      THEN left + [t.key] ELSE left END) AS left
WITH collect({
    rank: rank, unit: unit, member: member,
    lost: [key IN held WHERE NOT key IN left],
    // Roots: components that only vendors of this unit can deliver.
    roots: [t IN targets WHERE NOT t.virtual AND t.key IN held AND NOT t.key IN left
      AND any(way IN t.ways WHERE way.home AND way[unit] = member)
      AND all(way IN t.able WHERE way[unit] = member) | t.key],
    vendors: [seller IN sellers WHERE seller[unit] = member | seller.vendor],
    alone: all(seller IN sellers WHERE seller[unit] = member),
    solutions: size([key IN held WHERE key STARTS WITH 'Solution '])
  }) AS cuts
// A group or a country is listed only if it takes along what no finer unit inside it does; the set of all
// units is trivial.
UNWIND cuts AS cut
WITH cut,
  [finer IN cuts WHERE finer.rank < cut.rank
    AND all(vendor IN finer.vendors WHERE vendor IN cut.vendors)] AS inside
WHERE cut.unit IN $units AND NOT cut.alone
  AND any(key IN cut.lost WHERE none(finer IN inside WHERE key IN finer.lost))
MATCH (t:Component|Solution)
WHERE labels(t)[0] + ' ' + t.id IN cut.lost
WITH cut, t
ORDER BY t.id
WITH cut, collect(CASE WHEN labels(t)[0] + ' ' + t.id IN cut.roots THEN t.id END) AS roots,
  collect(CASE WHEN t:Component THEN t.id END) AS components,
  collect(CASE WHEN t:Solution THEN t.id END) AS solutions
OPTIONAL MATCH (v:Vendor {id: cut.member}) WHERE cut.unit <> 'country'
OPTIONAL MATCH (k:Country {id: cut.member}) WHERE cut.unit = 'country'
RETURN cut.unit AS unit, cut.member AS member,
  coalesce(v['name_' + $lang], k['name_' + $lang], v.name_en, k.name_en, cut.member) AS name,
  roots, components, solutions,
  CASE WHEN cut.solutions > 0 THEN toFloat(size(solutions)) / cut.solutions ELSE 0.0 END AS severity
ORDER BY severity DESC, size(components) DESC, cut.rank, member
