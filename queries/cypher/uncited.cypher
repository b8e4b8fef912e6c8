/*
topic = "evidence"
title.en = "Facts without a source"
title.ja = "出典のない事実"
title.zh = "尚無出處的事實"
description.en = "Statements in force that no page is cited for yet: what to look up first."
description.ja = "有効な記述のうち、まだ出典のないもの。まず調べるべきもの。"
description.zh = "現行陳述中尚無出處者：應優先查證。"

[[parameters]]
name = "types"
type = "list"
default = ["OFFERS", "LISTED_IN", "REQUIRES", "SUPPLIES", "OWNS", "INVESTS_IN", "JOINT_VENTURE_WITH", "PARTNERS_WITH", "LICENSES"]
description.en = "types of relationship to look at"
description.ja = "対象とする関係の型"
description.zh = "要查看的關係類型"

[[columns]]
name = "type"
description.en = "type of the relationship"
description.ja = "関係の型"
description.zh = "關係的類型"

[[columns]]
name = "from_label"
description.en = "label of its start"
description.ja = "始点のラベル"
description.zh = "起點的標籤"

[[columns]]
name = "from_id"
description.en = "id of its start"
description.ja = "始点のID"
description.zh = "起點的 ID"

[[columns]]
name = "to_label"
description.en = "label of its end"
description.ja = "終点のラベル"
description.zh = "終點的標籤"

[[columns]]
name = "to_id"
description.en = "id of its end"
description.ja = "終点のID"
description.zh = "終點的 ID"

[[columns]]
name = "component"
description.en = "what the relation is about"
description.ja = "関係の対象である構成要素"
description.zh = "關係所涉的元件"

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
*/
MATCH (a)-[r]->(b)
WHERE r.source_kind = 'uncited' AND type(r) IN $types
RETURN type(r) AS type, labels(a)[0] AS from_label, a.id AS from_id, labels(b)[0] AS to_label,
  b.id AS to_id,
  r.component AS component, r.confidence AS confidence, r.note AS note
ORDER BY type, from_label, from_id, to_label, to_id, component, r.row
