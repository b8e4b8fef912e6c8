/*
topic = "needs"
title.en = "What needs a component, all the way up"
title.ja = "構成要素を必要とするもの（最終段まで）"
title.zh = "哪些需要此元件（層層向上）"
description.en = "Every component and solution that requires a component, directly or through what it requires. Needing is not the same as being lost without it: see loss-of-component."
description.ja = "ある構成要素を直接または間接に必要とするすべての構成要素とソリューション。必要とすることと、なければ成り立たないことは別（loss-of-componentを参照）。"
description.zh = "直接或間接需要此元件的所有元件與解決方案。「需要」不等於「缺少即無法成立」（見 loss-of-component）。"

[[parameters]]
name = "component"
type = "text"
default = "foundry-advanced"
description.en = "id of a component"
description.ja = "構成要素のID"
description.zh = "元件的 ID"

[[parameters]]
name = "lang"
type = "text"
default = "en"
allowed = ["en", "ja", "zh"]
description.en = "language of names: en, ja, zh; where there is none, the Latin name"
description.ja = "名称の言語（en、ja、zh）。その言語の名称がなければ欧文名"
description.zh = "名稱語言（en、ja、zh）；若無該語言名稱則用拉丁字母名稱"

[[columns]]
name = "hops"
description.en = "fewest steps"
description.ja = "最少の段数"
description.zh = "最少步數"

[[columns]]
name = "label"
description.en = "label of the node"
description.ja = "ノードのラベル"
description.zh = "節點的標籤"

[[columns]]
name = "id"
description.en = "its id"
description.ja = "ID"
description.zh = "ID"

[[columns]]
name = "name"
description.en = "its name in the language asked for"
description.ja = "指定した言語での名称"
description.zh = "以指定語言顯示的名稱"
*/
MATCH (c:Component {id: $component}), (x:Component|Solution)
WHERE x <> c
MATCH path = shortestPath((x)-[:REQUIRES*]->(c))
RETURN length(path) AS hops, labels(x)[0] AS label, x.id AS id,
  coalesce(x['name_' + $lang], x.name_en, x.id) AS name
ORDER BY hops, label, id
