/*
topic = "ties"
title.en = "Ties across the strait by kind, layers and decade"
title.ja = "台日間の関係（種類・層・年代別）"
title.zh = "台日之間的關係（依種類、層級與年代）"
description.en = "How many relations between firms of the two countries are in force, by kind, by the layers at their two ends, and by the decade in which they began or, where that is not known, of which the statement is. By component, both ends have the layer of what the relation is about; by firms, a relation counts once for each pair of layers in which the two firms have counted offers or are listed."
description.ja = "両国企業の間で有効な関係の数。種類、両端の層、始まった年代（不明なら記述の年代）別に数える。構成要素による場合は両端とも対象の層、企業による場合は両企業が供給または掲載されている層の組ごとに1回数える。"
description.zh = "兩國企業之間現行關係的數目，依種類、兩端的層級，以及開始的年代（不明者以陳述的年代計）統計。依元件時兩端皆為所涉元件的層級；依公司時，就兩家公司供應或列名的每一組層級各計一次。"

[[parameters]]
name = "pair"
type = "list"
default = ["TW", "JP"]
size = 2
description.en = "the two countries of the study, ISO codes"
description.ja = "対象とする二つの国・地域（ISOコード）"
description.zh = "所研究的兩個國家或地區（ISO 代碼）"

[[parameters]]
name = "layers"
type = "text"
default = "component"
allowed = ["component", "firms"]
description.en = "whose layers to count by: of the component that the relation is about, or of the two firms"
description.ja = "どの層で数えるか。component＝対象の構成要素の層、firms＝両企業の層"
description.zh = "依何者的層級統計：component＝所涉元件，firms＝兩家公司"

[[parameters]]
name = "country_by"
type = "text"
default = "seat"
allowed = ["seat", "owner"]
description.en = "whose country a vendor has: of its own seat, or of its ultimate owner's"
description.ja = "企業の国の決め方。seat＝自身の所在地、owner＝最終親会社の所在地"
description.zh = "廠商國別的判定：seat＝本身所在地，owner＝最終母公司所在地"

[[parameters]]
name = "statuses"
type = "list"
default = ["volume", "limited"]
allowed = ["volume", "limited", "pilot", "announced", "ended"]
description.en = "statuses of offers that count; a blank one always does"
description.ja = "供給とみなす段階。空欄は常に対象"
description.zh = "計入的供應階段；空白者一律計入"

[[columns]]
name = "relation"
description.en = "type of the relation"
description.ja = "関係の種類"
description.zh = "關係的種類"

[[columns]]
name = "from_country"
description.en = "country of the firm that supplies, owns, invests or grants"
description.ja = "供給・所有・出資・許諾する側の所在国・地域"
description.zh = "供應、持有、投資或授權一方所在國家或地區"

[[columns]]
name = "to_country"
description.en = "country of the other firm"
description.ja = "相手企業の所在国・地域"
description.zh = "另一家公司所在國家或地區"

[[columns]]
name = "from_layer"
description.en = "layer at the end of the firm that supplies, owns, invests or grants; blank: unknown"
description.ja = "供給・所有・出資・許諾する側の層。空欄は不明"
description.zh = "供應、持有、投資或授權一方的層級；空白表示不詳"

[[columns]]
name = "to_layer"
description.en = "layer at the other end; blank: unknown"
description.ja = "相手側の層。空欄は不明"
description.zh = "另一方的層級；空白表示不詳"

[[columns]]
name = "decade"
description.en = "first year of the decade; blank: unknown"
description.ja = "年代の最初の年。空欄は不明"
description.zh = "年代的首年；空白表示不明"

[[columns]]
name = "ties"
description.en = "number of relations"
description.ja = "関係の数"
description.zh = "關係數"
*/
MATCH (a:Vendor)-[r:SUPPLIES|OWNS|INVESTS_IN|JOINT_VENTURE_WITH|PARTNERS_WITH|LICENSES]->(b:Vendor)
// The head of either group: up the edges that control, to the firm that nobody controls.
MATCH control = (a)<-[:OWNS*0..]-(seller:Vendor)
WHERE all(own IN relationships(control)
    WHERE own.control = 'yes' OR own.share > 0.5 OR (own.control IS NULL AND own.share IS NULL))
  AND NOT EXISTS {
    MATCH (:Vendor)-[own:OWNS]->(seller)
    WHERE own.control = 'yes' OR own.share > 0.5 OR (own.control IS NULL AND own.share IS NULL)
  }
MATCH control_too = (b)<-[:OWNS*0..]-(buyer:Vendor)
WHERE all(own IN relationships(control_too)
    WHERE own.control = 'yes' OR own.share > 0.5 OR (own.control IS NULL AND own.share IS NULL))
  AND NOT EXISTS {
    MATCH (:Vendor)-[own:OWNS]->(buyer)
    WHERE own.control = 'yes' OR own.share > 0.5 OR (own.control IS NULL AND own.share IS NULL)
  }
WITH DISTINCT r, a, b, CASE $country_by WHEN 'owner' THEN seller.country ELSE a.country END AS from_country,
  CASE $country_by WHEN 'owner' THEN buyer.country ELSE b.country END AS to_country
WHERE from_country IN $pair AND to_country IN $pair AND from_country <> to_country
// The layer of what it is about. Security lies in no layer and stands for itself.
OPTIONAL MATCH (:Component {id: r.component})-[:PART_OF]->(s:Segment)
WITH r, a, b, from_country, to_country, coalesce(s.layer, s.id) AS about
// The layers of the firms, by their counted offers and by the segments that a source lists them in.
OPTIONAL MATCH (a)-[o:OFFERS]->(:Component)-[:PART_OF]->(s:Segment)
WHERE (o.status IS NULL OR o.status IN $statuses) AND NOT coalesce(a.placeholder, false)
WITH r, a, b, from_country, to_country, about, collect(DISTINCT coalesce(s.layer, s.id)) AS sold
OPTIONAL MATCH (a)-[:LISTED_IN]->(s:Segment)
WITH r, b, from_country, to_country, about, sold, collect(DISTINCT coalesce(s.layer, s.id)) AS listed
WITH r, b, from_country, to_country, about, sold + [x IN listed WHERE NOT x IN sold] AS from_layers
OPTIONAL MATCH (b)-[o:OFFERS]->(:Component)-[:PART_OF]->(s:Segment)
WHERE (o.status IS NULL OR o.status IN $statuses) AND NOT coalesce(b.placeholder, false)
WITH r, b, from_country, to_country, about, from_layers, collect(DISTINCT coalesce(s.layer, s.id)) AS sold
OPTIONAL MATCH (b)-[:LISTED_IN]->(s:Segment)
WITH r, from_country, to_country, about, from_layers, sold,
  collect(DISTINCT coalesce(s.layer, s.id)) AS listed
WITH r, from_country, to_country, about, from_layers, sold + [x IN listed WHERE NOT x IN sold] AS to_layers
UNWIND CASE WHEN $layers = 'component' THEN [about] WHEN size(from_layers) = 0 THEN [null]
  ELSE from_layers END AS from_layer
UNWIND CASE WHEN $layers = 'component' THEN [about] WHEN size(to_layers) = 0 THEN [null]
  ELSE to_layers END AS to_layer
WITH type(r) AS relation, from_country, to_country, from_layer, to_layer,
  // When it began; if nobody says so, when it was said.
  left(coalesce(r.since, r.as_of), 3) + '0' AS decade, count(*) AS ties
// In the order of the flow of data; what lies in no layer after that, what is unknown last.
OPTIONAL MATCH (first:Layer {id: from_layer})
OPTIONAL MATCH (second:Layer {id: to_layer})
RETURN relation, from_country, to_country, from_layer, to_layer, decade, ties
ORDER BY relation, from_country, to_country, coalesce(first.order, 1000000), from_layer,
  coalesce(second.order, 1000000), to_layer, decade
