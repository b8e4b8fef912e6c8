/*
topic = "needs"
title.en = "Solutions of a problem"
title.ja = "社会課題へのソリューション"
title.zh = "社會問題的解決方案"
description.en = "What answers a problem, and the components that each solution requires directly."
description.ja = "社会課題に応えるソリューションと、それぞれが直接必要とする構成要素。"
description.zh = "可回應社會問題的解決方案，以及各自直接需要的元件。"

[[parameters]]
name = "problem"
type = "text"
default = "labour-shortage"
description.en = "id of a problem"
description.ja = "社会課題のID"
description.zh = "社會問題的 ID"

[[parameters]]
name = "lang"
type = "text"
default = "en"
allowed = ["en", "ja", "zh"]
description.en = "language of names: en, ja, zh; where there is none, the Latin name"
description.ja = "名称の言語（en、ja、zh）。その言語の名称がなければ欧文名"
description.zh = "名稱語言（en、ja、zh）；若無該語言名稱則用拉丁字母名稱"

[[columns]]
name = "solution"
description.en = "id of the solution"
description.ja = "ソリューションのID"
description.zh = "解決方案的 ID"

[[columns]]
name = "name"
description.en = "its name in the language asked for"
description.ja = "指定した言語での名称"
description.zh = "以指定語言顯示的名稱"

[[columns]]
name = "description"
description.en = "what it does"
description.ja = "内容"
description.zh = "內容說明"

[[columns]]
name = "requires"
description.en = "components that it requires directly"
description.ja = "直接必要とする構成要素"
description.zh = "直接需要的元件"
*/
MATCH (s:Solution)-[:ADDRESSES]->(p:Problem {id: $problem})
OPTIONAL MATCH (s)-[:REQUIRES]->(c:Component)
WITH s, c
ORDER BY c.id
RETURN s.id AS solution, coalesce(s['name_' + $lang], s.name_en, s.id) AS name,
  coalesce(s['description_' + $lang], s.description_en) AS description,
  collect(c.id) AS requires
ORDER BY solution
