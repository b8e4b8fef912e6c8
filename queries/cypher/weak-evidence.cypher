/*
topic = "evidence"
title.en = "Weak evidence on the chain of a solution"
title.ja = "ソリューションの供給網における弱い根拠"
title.zh = "解決方案供應鏈上的薄弱證據"
description.en = "Requirements of a solution, all the way down, and counted offers of what it requires within the pair, that are uncited, or of low or unknown confidence."
description.ja = "ソリューションが末端まで必要とするものと、両国におけるその供給のうち、出典がないもの、または確度が低いか不明なもの。"
description.zh = "解決方案層層向下的需求，以及兩國對這些需求的供應中，尚無出處，或可信度低或不詳者。"

[[parameters]]
name = "solution"
type = "text"
default = "elderly-care"
description.en = "id of a solution"
description.ja = "ソリューションのID"
description.zh = "解決方案的 ID"

[[parameters]]
name = "types"
type = "list"
default = ["REQUIRES", "OFFERS"]
allowed = ["REQUIRES", "OFFERS"]
description.en = "types of relationship to look at"
description.ja = "対象とする関係の型"
description.zh = "要查看的關係類型"

[[parameters]]
name = "confidences"
type = "list"
default = ["low"]
allowed = ["low", "medium", "high"]
description.en = "confidences that are weak; a blank one always is"
description.ja = "弱いとみなす確度。空欄は常に弱い"
description.zh = "視為薄弱的可信度；空白者一律視為薄弱"

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
name = "source_kind"
description.en = "cited, report (of 2017) or uncited"
description.ja = "cited＝出典あり、report＝2017年の報告書、uncited＝出典なし"
description.zh = "cited＝有出處，report＝2017 年報告書，uncited＝尚無出處"

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
// The solution and all that it requires.
MATCH (:Solution {id: $solution})-[:REQUIRES*0..]->(t:Component|Solution)
WITH DISTINCT t
MATCH (t)-[r:REQUIRES|OFFERS]-(other)
WHERE type(r) IN $types
  AND CASE type(r)
    WHEN 'REQUIRES' THEN startNode(r) = t
    ELSE (r.status IS NULL OR r.status IN $statuses) AND other.country IN $pair
      AND NOT coalesce(other.placeholder, false)
  END
  AND (r.source_kind = 'uncited' OR r.confidence IS NULL OR r.confidence IN $confidences)
WITH r, startNode(r) AS a, endNode(r) AS b
RETURN type(r) AS type, labels(a)[0] AS from_label, a.id AS from_id, labels(b)[0] AS to_label,
  b.id AS to_id,
  r.source_kind AS source_kind, r.confidence AS confidence, r.note AS note
ORDER BY type DESC, from_label DESC, from_id, to_label, to_id
