/*
topic = "ties"
title.en = "Everything that ties a firm to others"
title.ja = "ある企業のすべての関係"
title.zh = "一家公司的所有關係"
description.en = "All relations in force of a firm with others, in both directions, with their evidence."
description.ja = "ある企業と他社との間で有効なすべての関係（双方向）と、その根拠。"
description.zh = "一家公司與他家之間所有現行關係（雙向）及其依據。"

[[parameters]]
name = "vendor"
type = "text"
default = "tsmc"
description.en = "id of a vendor"
description.ja = "企業のID"
description.zh = "廠商的 ID"

[[parameters]]
name = "lang"
type = "text"
default = "en"
allowed = ["en", "ja", "zh"]
description.en = "language of names: en, ja, zh; where there is none, the Latin name"
description.ja = "名称の言語（en、ja、zh）。その言語の名称がなければ欧文名"
description.zh = "名稱語言（en、ja、zh）；若無該語言名稱則用拉丁字母名稱"

[[columns]]
name = "direction"
description.en = "to: from this firm to the other; from: the reverse"
description.ja = "to＝この企業から相手へ、from＝相手からこの企業へ"
description.zh = "to＝由此公司至對方；from＝由對方至此公司"

[[columns]]
name = "relation"
description.en = "type of the relation"
description.ja = "関係の種類"
description.zh = "關係的種類"

[[columns]]
name = "other"
description.en = "id of the other firm"
description.ja = "相手企業のID"
description.zh = "另一家公司的 ID"

[[columns]]
name = "name"
description.en = "its name in the language asked for"
description.ja = "指定した言語での名称"
description.zh = "以指定語言顯示的名稱"

[[columns]]
name = "country"
description.en = "country, ISO 3166-1 alpha-2"
description.ja = "国・地域（ISO 3166-1 alpha-2）"
description.zh = "國家或地區（ISO 3166-1 alpha-2）"

[[columns]]
name = "component"
description.en = "what the relation is about"
description.ja = "関係の対象である構成要素"
description.zh = "關係所涉的元件"

[[columns]]
name = "share"
description.en = "share of the capital held, 0 to 1"
description.ja = "出資比率（0～1）"
description.zh = "持股比例（0 至 1）"

[[columns]]
name = "since"
description.en = "first day on which it holds; blank: unknown"
description.ja = "成立した日。空欄は不明"
description.zh = "開始成立之日；空白表示不明"

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
MATCH (v:Vendor {id: $vendor})
  -[r:SUPPLIES|OWNS|INVESTS_IN|JOINT_VENTURE_WITH|PARTNERS_WITH|LICENSES]-(other:Vendor)
RETURN CASE WHEN startNode(r).id = $vendor THEN 'to' ELSE 'from' END AS direction, type(r) AS relation,
  other.id AS other, coalesce(other['name_' + $lang], other.name_en, other.id) AS name,
  other.country AS country, r.component AS component, r.share AS share,
  r.since AS since, r.as_of AS as_of, r.source_kind AS source_kind, r.source_url AS source_url
ORDER BY relation, direction, other, component, r.row
