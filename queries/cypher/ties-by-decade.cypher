/*
topic = "ties"
title.en = "Ties across the strait by kind, layer and decade"
title.ja = "台日間の関係（種類・層・年代別）"
title.zh = "台日之間的關係（依種類、層級與年代）"
description.en = "How many relations between firms of the two countries are in force, by kind, by the layer of what they are about, and by the decade in which they began or, where that is not known, of which the statement is."
description.ja = "両国企業の間で有効な関係の数。種類、対象となる構成要素の層、始まった年代（不明なら記述の年代）別に数える。"
description.zh = "兩國企業之間現行關係的數目，依種類、所涉元件的層級，以及開始的年代（不明者以陳述的年代計）統計。"

[[parameters]]
name = "pair"
type = "list"
default = ["TW", "JP"]
size = 2
description.en = "the two countries of the study, ISO codes"
description.ja = "対象とする二つの国・地域（ISOコード）"
description.zh = "所研究的兩個國家或地區（ISO 代碼）"

[[columns]]
name = "relation"
description.en = "type of the relation"
description.ja = "関係の種類"
description.zh = "關係的種類"

[[columns]]
name = "from_country"
description.en = "seat of the firm that supplies, owns, invests or grants"
description.ja = "供給・所有・出資・許諾する側の所在国・地域"
description.zh = "供應、持有、投資或授權一方所在國家或地區"

[[columns]]
name = "to_country"
description.en = "seat of the other firm"
description.ja = "相手企業の所在国・地域"
description.zh = "另一家公司所在國家或地區"

[[columns]]
name = "layer"
description.en = "layer of the component; blank: none is stated"
description.ja = "構成要素の層。空欄は記載なし"
description.zh = "元件所屬層級；空白表示未載明"

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
WHERE a.country IN $pair AND b.country IN $pair AND a.country <> b.country
OPTIONAL MATCH (c:Component {id: r.component})-[:PART_OF]->(s:Segment)
WITH type(r) AS relation, a.country AS from_country, b.country AS to_country,
  // When it began; if nobody says so, when it was said.
  left(coalesce(r.since, r.as_of), 3) + '0' AS decade,
  CASE WHEN s.layer IS NULL AND s.id IS NOT NULL THEN s.id ELSE s.layer END AS layer
RETURN relation, from_country, to_country, layer, decade, count(*) AS ties
ORDER BY relation, from_country, layer, decade
