/*
topic = "engineering"
title.en = "Obstacles abroad, and who removes them"
title.ja = "海外展開の障害と、取り除ける者"
title.zh = "海外發展障礙與可排除者"
description.en = "What hinders Japanese firms abroad by the report, the vendors, engineering firms and measures that it says can help, and what the vendors offer."
description.ja = "報告書が挙げる日本企業の海外展開の障害と、その解消に役立つとされる企業、エンジニアリング会社、施策、および企業が供給するもの。"
description.zh = "報告書所列日本企業海外發展的障礙，以及其認為能協助排除的廠商、工程公司與措施，以及廠商供應的項目。"

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
name = "obstacle"
description.en = "id of the obstacle"
description.ja = "障害のID"
description.zh = "障礙的 ID"

[[columns]]
name = "name"
description.en = "its name in the language asked for"
description.ja = "指定した言語での名称"
description.zh = "以指定語言顯示的名稱"

[[columns]]
name = "label"
description.en = "what removes it; blank: nothing is named"
description.ja = "取り除く者の種別。空欄は記載なし"
description.zh = "排除者的類別；空白表示未提及"

[[columns]]
name = "remover"
description.en = "its id"
description.ja = "取り除く者のID"
description.zh = "排除者的 ID"

[[columns]]
name = "remover_name"
description.en = "its name"
description.ja = "取り除く者の名称"
description.zh = "排除者名稱"

[[columns]]
name = "confidence"
description.en = "how surely the source supports it"
description.ja = "出典による裏付けの確度"
description.zh = "出處支持的可信度"

[[columns]]
name = "note"
description.en = "what a reader must know"
description.ja = "注記"
description.zh = "附註"

[[columns]]
name = "components"
description.en = "what a vendor offers: components, by its counted offers"
description.ja = "企業が供給する構成要素"
description.zh = "廠商供應的元件"
*/
MATCH (o:Obstacle)
OPTIONAL MATCH (x)-[r:REMOVES]->(o)
OPTIONAL MATCH (x)-[offer:OFFERS]->(c:Component)
WHERE (offer.status IS NULL OR offer.status IN $statuses) AND NOT coalesce(x.placeholder, false)
WITH o, x, r, c
ORDER BY c.id
WITH o, x, r, collect(DISTINCT c.id) AS components
RETURN o.id AS obstacle, coalesce(o['name_' + $lang], o.name_en, o.id) AS name, labels(x)[0] AS label,
  x.id AS remover, coalesce(x['name_' + $lang], x.name_en, x.id) AS remover_name,
  r.confidence AS confidence, r.note AS note, components
ORDER BY obstacle, label, remover
