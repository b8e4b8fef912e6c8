/*
topic = "needs"
title.en = "Does a solution close the loop of the four layers?"
title.ja = "ソリューションは4層のループを閉じるか"
title.zh = "解決方案是否閉合四層迴圈"
description.en = "For each layer, the components of the data loop that a solution, or one it builds on, requires directly; an uncovered layer breaks the loop. And the security that these components require."
description.ja = "ソリューション（およびその基盤となるもの）が直接必要とする、データループの構成要素を層ごとに示す。covered が偽の層でループが途切れる。あわせて、それらが必要とするセキュリティーも示す。"
description.zh = "依層級列出解決方案（及其所依據者）直接需要、參與資料迴圈的元件；未涵蓋的層級即迴圈中斷之處。並列出這些元件所需的資訊安全。"

[[parameters]]
name = "solution"
type = "text"
default = "elderly-care"
description.en = "id of a solution"
description.ja = "ソリューションのID"
description.zh = "解決方案的 ID"

[[parameters]]
name = "lang"
type = "text"
default = "en"
allowed = ["en", "ja", "zh"]
description.en = "language of names: en, ja, zh; where there is none, the Latin name"
description.ja = "名称の言語（en、ja、zh）。その言語の名称がなければ欧文名"
description.zh = "名稱語言（en、ja、zh）；若無該語言名稱則用拉丁字母名稱"

[[columns]]
name = "place"
description.en = "place in the flow of data"
description.ja = "データの流れにおける順番"
description.zh = "在資料流中的順序"

[[columns]]
name = "layer"
description.en = "id of the layer"
description.ja = "層のID"
description.zh = "層級的 ID"

[[columns]]
name = "name"
description.en = "its name in the language asked for"
description.ja = "指定した言語での名称"
description.zh = "以指定語言顯示的名稱"

[[columns]]
name = "feeds"
description.en = "layer that it feeds"
description.ja = "データを渡す先の層"
description.zh = "資料流向的層級"

[[columns]]
name = "covered"
description.en = "whether there is any"
description.ja = "該当があるか"
description.zh = "是否涵蓋"

[[columns]]
name = "components"
description.en = "those components"
description.ja = "該当する構成要素"
description.zh = "這些元件"

[[columns]]
name = "security"
description.en = "components that secure the layer and that one of these requires"
description.ja = "その層を守り、これらのいずれかが必要とする構成要素"
description.zh = "保護該層級且為其中任一者所需的元件"
*/
MATCH (l:Layer)
OPTIONAL MATCH (l)-[:FEEDS]->(next:Layer)
// Its direct requirements, and those of the solutions it builds on.
OPTIONAL MATCH (l)<-[:IN_LAYER]-(:Segment)<-[:PART_OF]-(c:Component {stage: 'loop'})<-[:REQUIRES]-(s:Solution)
WHERE EXISTS { MATCH (s)<-[:REQUIRES*0..]-(:Solution {id: $solution}) }
WITH l, next, c
ORDER BY c.id
WITH l, next, collect(DISTINCT c.id) AS components
// Security that one of them requires.
OPTIONAL MATCH (l)<-[:SECURES]-(:Segment)<-[:PART_OF]-(guard:Component)<-[:REQUIRES]-(c:Component)
WHERE c.id IN components
WITH l, next, components, guard
ORDER BY guard.id
WITH l, next, components, collect(DISTINCT guard.id) AS security
RETURN l.order AS place, l.id AS layer, coalesce(l['name_' + $lang], l.name_en, l.id) AS name,
  next.id AS feeds, size(components) > 0 AS covered, components, security
ORDER BY place, layer
