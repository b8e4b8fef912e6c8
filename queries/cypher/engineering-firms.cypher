/*
topic = "engineering"
title.en = "Engineering firms for a country and a field"
title.ja = "対象国・分野のエンジニアリング会社"
title.zh = "適合目標國家與領域的工程公司"
description.en = "Engineering firms for infrastructure in a target country: office and field, then past project and field, then office only. Narrower fields are found too. An office and past work are never merged; a firm's home country answers nothing."
description.ja = "対象国のインフラ案件に向くエンジニアリング会社。拠点と分野の一致、実績と分野の一致、拠点のみの順。下位の分野も含めて探す。拠点と過去の実績は区別し、本国は対象外とする。"
description.zh = "適合目標國家基礎建設的工程公司，依序為：據點與領域皆符、實績與領域皆符、僅有據點。下位領域一併納入。據點與過往實績分開計算；公司本國不列入。"

[[parameters]]
name = "domain"
type = "text"
default = "civil"
description.en = "id of a field of engineering"
description.ja = "工学分野のID"
description.zh = "工程領域的 ID"

[[parameters]]
name = "country"
type = "text"
default = "MY"
description.en = "target country, ISO code"
description.ja = "対象国（ISOコード）"
description.zh = "目標國家（ISO 代碼）"

[[parameters]]
name = "lang"
type = "text"
default = "en"
allowed = ["en", "ja", "zh"]
description.en = "language of names: en, ja, zh; where there is none, the Latin name"
description.ja = "名称の言語（en、ja、zh）。その言語の名称がなければ欧文名"
description.zh = "名稱語言（en、ja、zh）；若無該語言名稱則用拉丁字母名稱"

[[columns]]
name = "match"
description.en = "office and field, project and field, or office only"
description.ja = "office and field＝拠点と分野、project and field＝実績と分野、office only＝拠点のみ"
description.zh = "office and field＝據點與領域，project and field＝實績與領域，office only＝僅據點"

[[columns]]
name = "firm"
description.en = "id of the firm"
description.ja = "企業のID"
description.zh = "公司的 ID"

[[columns]]
name = "name"
description.en = "its name in the language asked for"
description.ja = "指定した言語での名称"
description.zh = "以指定語言顯示的名稱"

[[columns]]
name = "fields"
description.en = "its fields that match"
description.ja = "一致する分野"
description.zh = "相符的領域"

[[columns]]
name = "office"
description.en = "whether it has an office there"
description.ja = "現地拠点の有無"
description.zh = "當地是否有據點"

[[columns]]
name = "project"
description.en = "whether it has built there"
description.ja = "現地実績の有無"
description.zh = "當地是否有實績"
*/
// The field that is asked for, and all narrower ones.
MATCH (field:Domain)-[:BROADER*0..]->(:Domain {id: $domain})
WITH collect(DISTINCT field.id) AS fields
MATCH (k:Country {id: $country})
MATCH (f:EngineeringFirm)
// The home country answers nothing.
WHERE f.country <> k.id
  AND (EXISTS { MATCH (f)-[:OPERATES_IN]->(k) } OR EXISTS { MATCH (f)-[:HAS_BUILT_IN]->(k) })
OPTIONAL MATCH (f)-[:WORKS_IN]->(d:Domain)
WHERE d.id IN fields
WITH f, k, d
ORDER BY d.id
WITH f, collect(d.id) AS fields, EXISTS { MATCH (f)-[:OPERATES_IN]->(k) } AS office,
  EXISTS { MATCH (f)-[:HAS_BUILT_IN]->(k) } AS project
// An office and past work are never merged.
WITH f, fields, office, project, CASE
    WHEN office AND size(fields) > 0 THEN 1
    WHEN project AND size(fields) > 0 THEN 2
    WHEN office THEN 3
  END AS rank
WHERE rank IS NOT NULL
RETURN ['office and field', 'project and field', 'office only'][rank - 1] AS match, f.id AS firm,
  coalesce(f['name_' + $lang], f.name_en, f.id) AS name,
  fields, office, project
ORDER BY rank, firm
