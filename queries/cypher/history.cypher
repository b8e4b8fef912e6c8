/*
topic = "evidence"
title.en = "Statements not in force"
title.ja = "有効でない記述"
title.zh = "非現行的陳述"
description.en = "Relationships that ended, have not begun, were overruled by a later statement, or are of a vendor that is gone."
description.ja = "終了したもの、まだ始まっていないもの、後の記述に取って代わられたもの、または存在しなくなった企業の関係。"
description.zh = "已結束、尚未開始、被後來陳述取代，或所屬廠商已不存在的關係。"

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
name = "since"
description.en = "first day on which it holds; blank: unknown"
description.ja = "成立した日。空欄は不明"
description.zh = "開始成立之日；空白表示不明"

[[columns]]
name = "until"
description.en = "first day on which it no longer holds"
description.ja = "成立しなくなった日"
description.zh = "不再成立之日"

[[columns]]
name = "as_of"
description.en = "date of the statement"
description.ja = "記述の日付"
description.zh = "陳述的日期"

[[columns]]
name = "source_kind"
description.en = "cited, report (of 2017) or uncited"
description.ja = "cited＝出典あり、report＝2017年の報告書、uncited＝出典なし"
description.zh = "cited＝有出處，report＝2017 年報告書，uncited＝尚無出處"

[[columns]]
name = "detail"
description.en = "the relation in words"
description.ja = "関係の説明"
description.zh = "關係說明"
*/
MATCH (a)-[r]->(b)
WHERE type(r) ENDS WITH '_NOT_IN_FORCE'
RETURN replace(type(r), '_NOT_IN_FORCE', '') AS type, labels(a)[0] AS from_label, a.id AS from_id,
  labels(b)[0] AS to_label,
  b.id AS to_id, r.component AS component, r.since AS since, r.until AS until, r.as_of AS as_of,
  r.source_kind AS source_kind, coalesce(r.detail, r.note) AS detail
ORDER BY type, from_label, from_id, to_label, to_id, component, r.row
