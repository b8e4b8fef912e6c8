/*
topic = "needs"
title.en = "Security by layer"
title.ja = "層ごとのセキュリティー"
title.zh = "各層級的資訊安全"
description.en = "The components that secure each layer, which components of the layer require them, and how many vendors offer them in either country."
description.ja = "各層を守る構成要素、それを必要とする層内の構成要素、両国の供給企業数。"
description.zh = "保護各層級的元件、該層級中需要它們的元件，以及兩國供應廠商數。"

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
name = "layer"
description.en = "id of the layer"
description.ja = "層のID"
description.zh = "層級的 ID"

[[columns]]
name = "layer_name"
description.en = "its name"
description.ja = "層の名称"
description.zh = "層級名稱"

[[columns]]
name = "component"
description.en = "component that secures it"
description.ja = "その層を守る構成要素"
description.zh = "保護該層級的元件"

[[columns]]
name = "name"
description.en = "its name in the language asked for"
description.ja = "指定した言語での名称"
description.zh = "以指定語言顯示的名稱"

[[columns]]
name = "required_by"
description.en = "components of the layer that require it"
description.ja = "それを必要とする層内の構成要素"
description.zh = "該層級中需要它的元件"

[[columns]]
name = "first"
description.en = "vendors in the first country of the pair"
description.ja = "1番目の国・地域の企業数"
description.zh = "第一個國家或地區的廠商數"

[[columns]]
name = "second"
description.en = "vendors in the second country of the pair"
description.ja = "2番目の国・地域の企業数"
description.zh = "第二個國家或地區的廠商數"
*/
MATCH (l:Layer)
OPTIONAL MATCH (l)<-[:SECURES]-(:Segment)<-[:PART_OF]-(guard:Component)
OPTIONAL MATCH (l)<-[:IN_LAYER]-(:Segment)<-[:PART_OF]-(c:Component)
WHERE guard IS NOT NULL AND EXISTS { MATCH (c)-[:REQUIRES]->(guard) }
WITH l, guard, c
ORDER BY c.id
WITH l, guard, collect(c.id) AS required_by
WITH l, guard AS x, required_by,
  CASE WHEN guard IS NOT NULL THEN COUNT { MATCH (guard)<-[o:OFFERS]-(v:Vendor {country: $pair[0]})
    WHERE (o.status IS NULL OR o.status IN $statuses) AND NOT coalesce(v.placeholder, false)
  } END AS first,
  CASE WHEN guard IS NOT NULL THEN COUNT { MATCH (guard)<-[o:OFFERS]-(v:Vendor {country: $pair[1]})
    WHERE (o.status IS NULL OR o.status IN $statuses) AND NOT coalesce(v.placeholder, false)
  } END AS second
RETURN l.id AS layer, coalesce(l['name_' + $lang], l.name_en, l.id) AS layer_name, x.id AS component,
  coalesce(x['name_' + $lang], x.name_en, x.id) AS name, required_by, first, second
ORDER BY l.order, layer, component
