/*
topic = "data"
title.en = "Counts of everything"
title.ja = "すべての件数"
title.zh = "所有元素的數目"
description.en = "How many nodes of each label and relationships of each type the store holds, history included."
description.ja = "ラベルごとのノード数と、型ごとの関係数。有効でない記述も含む。"
description.zh = "各標籤的節點數與各類型的關係數，含非現行者。"

[[columns]]
name = "kind"
description.en = "node or relationship"
description.ja = "node＝ノード、relationship＝関係"
description.zh = "node＝節點，relationship＝關係"

[[columns]]
name = "name"
description.en = "its label or type"
description.ja = "ラベルまたは型"
description.zh = "標籤或類型"

[[columns]]
name = "elements"
description.en = "how many"
description.ja = "件数"
description.zh = "數目"
*/
CALL {
  MATCH (n) UNWIND labels(n) AS name RETURN 'node' AS kind, name, count(*) AS elements
  UNION ALL
  MATCH ()-[r]->() RETURN 'relationship' AS kind, type(r) AS name, count(*) AS elements
}
RETURN kind, name, elements
ORDER BY kind, name
