/*
topic = "ties"
title.en = "Holdings and joint ventures across the strait"
title.ja = "台日間の出資と合弁"
title.zh = "台日之間的持股與合資"
description.en = "Shares that firms of one country hold in firms of the other without controlling them, and joint ventures of the two."
description.ja = "一方の国の企業による他方の国の企業への、支配に至らない出資と、両国企業の合弁。"
description.zh = "一國企業對另一國企業未達控制的持股，以及兩國企業的合資。"

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
name = "relation"
description.en = "type of the relation"
description.ja = "関係の種類"
description.zh = "關係的種類"

[[columns]]
name = "firm"
description.en = "id of the firm that holds, or of one partner"
description.ja = "出資側（合弁の一方）のID"
description.zh = "持股方（或合資一方）的 ID"

[[columns]]
name = "firm_name"
description.en = "its name"
description.ja = "出資側の名称"
description.zh = "持股方名稱"

[[columns]]
name = "firm_country"
description.en = "its seat"
description.ja = "出資側の所在国・地域"
description.zh = "持股方所在國家或地區"

[[columns]]
name = "other"
description.en = "id of the other firm"
description.ja = "相手企業のID"
description.zh = "另一家公司的 ID"

[[columns]]
name = "other_name"
description.en = "its name"
description.ja = "相手企業の名称"
description.zh = "另一家公司名稱"

[[columns]]
name = "other_country"
description.en = "its seat"
description.ja = "相手企業の所在国・地域"
description.zh = "另一家公司所在國家或地區"

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
name = "detail"
description.en = "the relation in words"
description.ja = "関係の説明"
description.zh = "關係說明"

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
MATCH (a:Vendor)-[r:INVESTS_IN|OWNS|JOINT_VENTURE_WITH]->(b:Vendor)
WHERE a.country IN $pair AND b.country IN $pair AND a.country <> b.country
  // Control makes a subsidiary; what is left is a holding, or a joint venture.
  AND NOT (type(r) = 'OWNS' AND coalesce(
    r.control = 'yes' OR r.share > 0.5 OR (r.control IS NULL AND r.share IS NULL), false))
RETURN type(r) AS relation, a.id AS firm, coalesce(a['name_' + $lang], a.name_en, a.id) AS firm_name,
  a.country AS firm_country, b.id AS other,
  coalesce(b['name_' + $lang], b.name_en, b.id) AS other_name, b.country AS other_country, r.share AS share,
  r.since AS since, r.detail AS detail,
  r.source_kind AS source_kind, r.source_url AS source_url
ORDER BY relation, firm, other, r.row
