/*
topic = "vendors"
title.en = "Find a firm by any of its names"
title.ja = "名称から企業を探す"
title.zh = "以任何名稱查找公司"
description.en = "Vendors, engineering firms and organisations one of whose names, aliases, former names, ticker or id holds the text, in any script; case does not matter."
description.ja = "名称・別名・旧称・証券コード・IDのいずれかに文字列を含む企業、エンジニアリング会社、団体。文字種を問わず、大文字と小文字は区別しない。"
description.zh = "名稱、別名、舊稱、股票代號或 ID 含有該文字的廠商、工程公司與機構；不限文字，不分大小寫。"

[[parameters]]
name = "text"
type = "text"
default = "ソニー"
description.en = "part of a name"
description.ja = "名称の一部"
description.zh = "名稱的一部分"

[[columns]]
name = "label"
description.en = "label of the node"
description.ja = "ノードのラベル"
description.zh = "節點的標籤"

[[columns]]
name = "id"
description.en = "its id"
description.ja = "ID"
description.zh = "ID"

[[columns]]
name = "name_en"
description.en = "name in Latin letters"
description.ja = "欧文名"
description.zh = "拉丁字母名稱"

[[columns]]
name = "name_zh"
description.en = "name in Traditional Chinese"
description.ja = "繁体字中国語名"
description.zh = "繁體中文名稱"

[[columns]]
name = "name_ja"
description.en = "name in Japanese"
description.ja = "日本語名"
description.zh = "日文名稱"

[[columns]]
name = "country"
description.en = "country, ISO 3166-1 alpha-2"
description.ja = "国・地域（ISO 3166-1 alpha-2）"
description.zh = "國家或地區（ISO 3166-1 alpha-2）"

[[columns]]
name = "found"
description.en = "the names that hold the text"
description.ja = "文字列を含む名称"
description.zh = "含有該文字的名稱"
*/
MATCH (f:Vendor|EngineeringFirm|Organisation)
WITH f, [f.id, f.name_en, f.name_zh, f.name_ja, f.ticker] + coalesce(f.aliases, [])
  + coalesce(f.former_names, []) AS texts
WITH f, [text IN texts WHERE toLower(text) CONTAINS toLower($text)] AS found
WHERE size(found) > 0
RETURN labels(f)[0] AS label, f.id AS id, f.name_en AS name_en, f.name_zh AS name_zh, f.name_ja AS name_ja,
  f.country AS country, found
ORDER BY label, id
