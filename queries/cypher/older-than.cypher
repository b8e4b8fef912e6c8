/*
topic = "evidence"
title.en = "Facts older than a date"
title.ja = "指定日より古い事実"
title.zh = "早於某日的事實"
description.en = "Statements in force that were made before a date, oldest first: the fact may have changed since."
description.ja = "指定日より前になされた有効な記述（古い順）。その後変わっている可能性がある。"
description.zh = "於某日之前作成的現行陳述，由舊至新：事實可能已有變化。"

[[parameters]]
name = "types"
type = "list"
default = ["OFFERS", "LISTED_IN", "REQUIRES", "SUPPLIES", "OWNS", "INVESTS_IN", "JOINT_VENTURE_WITH", "PARTNERS_WITH", "LICENSES"]
description.en = "types of relationship to look at"
description.ja = "対象とする関係の型"
description.zh = "要查看的關係類型"

[[parameters]]
name = "undated"
type = "boolean"
default = false
description.en = "whether statements without a date are listed too"
description.ja = "日付のない記述も挙げるか"
description.zh = "是否一併列出無日期的陳述"

[[parameters]]
name = "date"
type = "date"
default = "2016"
description.en = "a date: 2016, 2016-04 or 2016-04-26; a partial one stands for its first day"
description.ja = "日付（2016、2016-04、2016-04-26）。部分的な日付は最初の日とみなす"
description.zh = "日期（2016、2016-04 或 2016-04-26）；不完整者視為首日"

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
name = "source_url"
description.en = "the page that says so"
description.ja = "出典のページ"
description.zh = "出處網頁"
*/
MATCH (a)-[r]->(b)
WHERE type(r) IN $types AND (r.as_of IS NOT NULL OR $undated)
// A partial date stands for its first day.
WITH a, r, b,
  [x IN [r.as_of, $date] | CASE size(x) WHEN 4 THEN x + '-01-01' WHEN 7 THEN x + '-01' ELSE x END] AS days
WHERE r.source_kind IS NOT NULL AND (days[0] IS NULL OR days[0] < days[1])
RETURN type(r) AS type, labels(a)[0] AS from_label, a.id AS from_id, labels(b)[0] AS to_label,
  b.id AS to_id,
  r.component AS component, r.as_of AS as_of, r.source_kind AS source_kind, r.source_url AS source_url
ORDER BY as_of, type, from_label, from_id, to_label, to_id, component, r.row
