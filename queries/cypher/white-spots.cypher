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
*/
// Both ways round: the whole made in the one country, the part in the other.
UNWIND [[$pair[0], $pair[1]], [$pair[1], $pair[0]]] AS way
MATCH (whole:Component)-[:REQUIRES]->(part:Component)
WITH way[0] AS whole_country, way[1] AS part_country, whole, part,
  COUNT { MATCH (whole)<-[o:OFFERS]-(v:Vendor {country: way[0]})
    WHERE (o.status IS NULL OR o.status IN $statuses) AND NOT coalesce(v.placeholder, false)
  } AS whole_vendors,
  COUNT { MATCH (part)<-[o:OFFERS]-(v:Vendor {country: way[1]})
    WHERE (o.status IS NULL OR o.status IN $statuses) AND NOT coalesce(v.placeholder, false)
  } AS part_vendors
WHERE whole_vendors >= $least AND part_vendors >= $least
  AND NOT EXISTS {
    MATCH (a:Vendor {country: whole_country})
      -[r:SUPPLIES|OWNS|INVESTS_IN|JOINT_VENTURE_WITH|PARTNERS_WITH|LICENSES]-
      (b:Vendor {country: part_country})
    WHERE r.component IN [whole.id, part.id]
  }
RETURN whole_country, whole.id AS whole,
  coalesce(whole['name_' + $lang], whole.name_en, whole.id) AS whole_name, whole_vendors, part_country,
  part.id AS part,
  coalesce(part['name_' + $lang], part.name_en, part.id) AS part_name, part_vendors
ORDER BY whole_vendors * part_vendors DESC, whole_country = $pair[0] DESC, whole, part
