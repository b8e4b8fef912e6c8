/*
topic = "ties"
title.en = "Who supplies whom across the strait"
title.ja = "台日間の供給関係（誰が誰に）"
title.zh = "台日之間誰供應誰"
description.en = "Documented supplies from a firm of one country to a firm of the other, both ways. Lists of suppliers are rarely whole."
description.ja = "一方の国の企業から他方の国の企業への、記録のある供給（双方向）。供給企業の一覧が網羅的であることはまれ。"
description.zh = "有紀錄的跨國供應關係，雙向皆列。供應商名單很少是完整的。"

[[parameters]]
name = "pair"
type = "list"
default = ["TW", "JP"]
size = 2
description.en = "the two countries of the study, ISO codes"
description.ja = "対象とする二つの国・地域（ISOコード）"
description.zh = "所研究的兩個國家或地區（ISO 代碼）"

[[parameters]]
name = "lang"
type = "text"
default = "en"
allowed = ["en", "ja", "zh"]
description.en = "language of names: en, ja, zh; where there is none, the Latin name"
description.ja = "名称の言語（en、ja、zh）。その言語の名称がなければ欧文名"
description.zh = "名稱語言（en、ja、zh）；若無該語言名稱則用拉丁字母名稱"

[[columns]]
name = "from_country"
description.en = "country of the supplier"
description.ja = "供給側の国・地域"
description.zh = "供應方的國家或地區"

[[columns]]
name = "supplier"
description.en = "id of the supplier"
description.ja = "供給側のID"
description.zh = "供應方的 ID"

[[columns]]
name = "supplier_name"
description.en = "its name"
description.ja = "供給側の名称"
description.zh = "供應方名稱"

[[columns]]
name = "to_country"
description.en = "country of the customer"
description.ja = "調達側の国・地域"
description.zh = "採購方的國家或地區"

[[columns]]
name = "customer"
description.en = "id of the customer"
description.ja = "調達側のID"
description.zh = "採購方的 ID"

[[columns]]
name = "customer_name"
description.en = "its name"
description.ja = "調達側の名称"
description.zh = "採購方名稱"

[[columns]]
name = "component"
description.en = "what the relation is about"
description.ja = "関係の対象である構成要素"
description.zh = "關係所涉的元件"

[[columns]]
name = "detail"
description.en = "the relation in words"
description.ja = "関係の説明"
description.zh = "關係說明"

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
MATCH (a:Vendor)-[s:SUPPLIES]->(b:Vendor)
WHERE a.country IN $pair AND b.country IN $pair AND a.country <> b.country
RETURN a.country AS from_country, a.id AS supplier,
  coalesce(a['name_' + $lang], a.name_en, a.id) AS supplier_name, b.country AS to_country,
  b.id AS customer, coalesce(b['name_' + $lang], b.name_en, b.id) AS customer_name,
  s.component AS component, s.detail AS detail, s.as_of AS as_of,
  s.source_kind AS source_kind, s.source_url AS source_url
ORDER BY from_country = $pair[0] DESC, supplier, customer, component, s.row
