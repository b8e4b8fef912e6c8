/*
topic = "ties"
title.en = "White spots: needs that fit across the strait, without a tie"
title.ja = "結び付きのない補完関係"
title.zh = "尚無往來的互補之處"
description.en = "A component that several vendors of one country offer requires one that several vendors of the other offer, and no relation between firms of the two countries about either is documented."
description.ja = "一方の国の複数企業が供給する構成要素が、他方の国の複数企業が供給する構成要素を必要としているのに、そのいずれについても両国企業間の関係が記録されていないもの。"
description.zh = "一國多家廠商供應的元件需要另一國多家廠商供應的元件，而兩國企業之間就這兩者皆無紀錄在案的關係。"

[[parameters]]
name = "least"
type = "integer"
default = 2
description.en = "least number of vendors on either side"
description.ja = "双方の企業数の下限"
description.zh = "雙方廠商數下限"

[[parameters]]
name = "pair"
type = "list"
default = ["TW", "JP"]
size = 2
description.en = "the two countries of the study, ISO codes"
description.ja = "対象とする二つの国・地域（ISOコード）"
description.zh = "所研究的兩個國家或地區（ISO 代碼）"

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

[[parameters]]
name = "lang"
type = "text"
default = "en"
allowed = ["en", "ja", "zh"]
description.en = "language of names: en, ja, zh; where there is none, the Latin name"
description.ja = "名称の言語（en、ja、zh）。その言語の名称がなければ欧文名"
description.zh = "名稱語言（en、ja、zh）；若無該語言名稱則用拉丁字母名稱"

[[columns]]
name = "whole_country"
description.en = "where it is offered"
description.ja = "それを供給する国・地域"
description.zh = "供應該元件的國家或地區"

[[columns]]
name = "whole"
description.en = "component that requires"
description.ja = "必要とする側の構成要素"
description.zh = "有需求的元件"

[[columns]]
name = "whole_name"
description.en = "its name"
description.ja = "必要とする側の名称"
description.zh = "有需求的元件名稱"

[[columns]]
name = "whole_vendors"
description.en = "vendors there"
description.ja = "その企業数"
description.zh = "當地廠商數"

[[columns]]
name = "whole_groups"
description.en = "groups that they form"
description.ja = "そのグループ数"
description.zh = "其集團數"

[[columns]]
name = "part_country"
description.en = "where that is offered"
description.ja = "それを供給する国・地域"
description.zh = "供應該元件的國家或地區"

[[columns]]
name = "part"
description.en = "component that is required"
description.ja = "必要とされる構成要素"
description.zh = "被需要的元件"

[[columns]]
name = "part_name"
description.en = "its name"
description.ja = "必要とされる側の名称"
description.zh = "被需要的元件名稱"

[[columns]]
name = "part_vendors"
description.en = "vendors there"
description.ja = "その企業数"
description.zh = "當地廠商數"

[[columns]]
name = "part_groups"
description.en = "groups that they form"
description.ja = "そのグループ数"
description.zh = "其集團數"
*/
// What relations in force between firms of the two countries are about.
OPTIONAL MATCH (a:Vendor)-[r:SUPPLIES|OWNS|INVESTS_IN|JOINT_VENTURE_WITH|PARTNERS_WITH|LICENSES]->(b:Vendor)
WHERE r.component IS NOT NULL
OPTIONAL MATCH control = (a)<-[:OWNS*0..]-(seller:Vendor)
WHERE all(own IN relationships(control)
    WHERE own.control = 'yes' OR own.share > 0.5 OR (own.control IS NULL AND own.share IS NULL))
  AND NOT EXISTS {
    MATCH (:Vendor)-[own:OWNS]->(seller)
    WHERE own.control = 'yes' OR own.share > 0.5 OR (own.control IS NULL AND own.share IS NULL)
  }
OPTIONAL MATCH control_too = (b)<-[:OWNS*0..]-(buyer:Vendor)
WHERE all(own IN relationships(control_too)
    WHERE own.control = 'yes' OR own.share > 0.5 OR (own.control IS NULL AND own.share IS NULL))
  AND NOT EXISTS {
    MATCH (:Vendor)-[own:OWNS]->(buyer)
    WHERE own.control = 'yes' OR own.share > 0.5 OR (own.control IS NULL AND own.share IS NULL)
  }
WITH r.component AS about, CASE $country_by WHEN 'owner' THEN seller.country ELSE a.country END AS one,
  CASE $country_by WHEN 'owner' THEN buyer.country ELSE b.country END AS other
WITH collect(CASE WHEN one IN $pair AND other IN $pair AND one <> other THEN about END) AS tied
// Where each component has so many vendors; the head of a group is the firm that nobody controls.
OPTIONAL MATCH (c:Component)<-[o:OFFERS]-(v:Vendor), control = (v)<-[:OWNS*0..]-(head:Vendor)
WHERE (o.status IS NULL OR o.status IN $statuses) AND NOT coalesce(v.placeholder, false)
  AND all(own IN relationships(control)
    WHERE own.control = 'yes' OR own.share > 0.5 OR (own.control IS NULL AND own.share IS NULL))
  AND NOT EXISTS {
    MATCH (:Vendor)-[own:OWNS]->(head)
    WHERE own.control = 'yes' OR own.share > 0.5 OR (own.control IS NULL AND own.share IS NULL)
  }
WITH tied, c, v, head, CASE $country_by WHEN 'owner' THEN head.country ELSE v.country END AS country
WITH tied, c, country, count(DISTINCT v) AS vendors, count(DISTINCT head) AS groups
WITH tied, collect(CASE WHEN country IN $pair AND vendors >= $least
  THEN {component: c.id, country: country, vendors: vendors, groups: groups} END) AS strong
// Both ways round: the whole made in the one country, the part in the other.
MATCH (whole:Component)-[:REQUIRES]->(part:Component)
WHERE NOT whole.id IN tied AND NOT part.id IN tied
UNWIND [x IN strong WHERE x.component = whole.id] AS here
UNWIND [x IN strong WHERE x.component = part.id AND x.country <> here.country] AS there
RETURN here.country AS whole_country, whole.id AS whole,
  coalesce(whole['name_' + $lang], whole.name_en, whole.id) AS whole_name, here.vendors AS whole_vendors,
  here.groups AS whole_groups, there.country AS part_country, part.id AS part,
  coalesce(part['name_' + $lang], part.name_en, part.id) AS part_name, there.vendors AS part_vendors,
  there.groups AS part_groups
ORDER BY whole_vendors * part_vendors DESC, whole_country = $pair[0] DESC, whole, part
