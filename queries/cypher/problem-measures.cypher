/*
topic = "engineering"
title.en = "Measures that aim at a problem"
title.ja = "社会課題に向けた施策"
title.zh = "針對社會問題的措施"
description.en = "Policies, programmes, laws and funds that are meant to lessen a problem, by country and year."
description.ja = "社会課題の軽減を目的とする政策、事業、法律、基金（国・年順）。"
description.zh = "旨在減輕社會問題的政策、計畫、法律與基金，依國家與年份排列。"

[[parameters]]
name = "problem"
type = "text"
default = "sme-productivity"
description.en = "id of a problem"
description.ja = "社会課題のID"
description.zh = "社會問題的 ID"

[[parameters]]
name = "lang"
type = "text"
default = "en"
allowed = ["en", "ja", "zh"]
description.en = "language of names: en, ja, zh; where there is none, the Latin name"
description.ja = "名称の言語（en、ja、zh）。その言語の名称がなければ欧文名"
description.zh = "名稱語言（en、ja、zh）；若無該語言名稱則用拉丁字母名稱"

[[columns]]
name = "measure"
description.en = "id of the measure"
description.ja = "施策のID"
description.zh = "措施的 ID"

[[columns]]
name = "name"
description.en = "its name in the language asked for"
description.ja = "指定した言語での名称"
description.zh = "以指定語言顯示的名稱"

[[columns]]
name = "kind"
description.en = "policy, programme, law or fund"
description.ja = "policy＝政策、programme＝事業、law＝法律、fund＝基金"
description.zh = "policy＝政策，programme＝計畫，law＝法律，fund＝基金"

[[columns]]
name = "country"
description.en = "whose it is"
description.ja = "実施する国・地域"
description.zh = "實施的國家或地區"

[[columns]]
name = "year"
description.en = "year of its start"
description.ja = "開始年"
description.zh = "開始年份"

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
*/
MATCH (m:Measure)-[a:AIMS_AT]->(p:Problem {id: $problem})
RETURN m.id AS measure, coalesce(m['name_' + $lang], m.name_en, m.id) AS name, m.kind AS kind,
  m.country AS country, m.year AS year,
  a.source_kind AS source_kind, a.confidence AS confidence
ORDER BY country, year, measure
