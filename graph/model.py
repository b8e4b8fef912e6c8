"""The model: every label, edge type and property, declared once.

Validation, the graph, the data package, the stores and the pages all read :data:`MODEL`; nothing else
knows a column by heart. A table is one CSV file of the seeds, one data frame of the graph and one label
or edge type of a store. Blank means unknown, never zero or no.
"""

from __future__ import annotations

from .schema import ColumnEdge, EdgeTable, End, Kind, Model, NodeTable, Property, Table

__all__ = ["COMPANY_RELATIONS", "EVIDENCE", "MODEL", "NAMES"]


def _id(label: str, meaning: str = "stable kebab-case slug") -> Property:
    return Property("id", Kind.ID, f"{label}: {meaning}", required=True)


def _ref(name: str, label: str, meaning: str, *, required: bool = True, kind: Kind = Kind.ID) -> Property:
    return Property(name, kind, meaning, required=required, label=label)


def _enum(name: str, allowed: tuple[str, ...], meaning: str, *, required: bool = False) -> Property:
    return Property(name, Kind.ENUM, meaning, allowed=allowed, required=required)


def _text(name: str, meaning: str) -> Property:
    return Property(name, Kind.TEXT, meaning)


NAMES = (
    _text("name_en", "name in English, or the Latin name the holder itself uses"),
    _text("name_zh", "name in Traditional Chinese; blank: none known, the Latin name is shown"),
    _text("name_ja", "name in Japanese; blank: none known, the Latin name is shown"),
)
_ALIASES = (
    Property("aliases", Kind.LIST, "other names and spellings, brands included"),
    Property("former_names", Kind.LIST, "names it no longer bears"),
)

EVIDENCE = (
    Property("dataset", Kind.ID, "the data set that makes the statement", required=True),
    _enum(
        "source_kind",
        ("cited", "report", "uncited"),
        "cited: the page at source_url says so; report: the report of 2017 says so; uncited: no page yet",
        required=True,
    ),
    Property("source_url", Kind.URL, "the page that says so"),
    _text("source_title", "title of that page"),
    Property("as_of", Kind.DATE, "date of the statement, not of the fact"),
    _enum("confidence", ("high", "medium", "low"), "how surely the source supports the row"),
    _text("as_printed", "the source's own words for the name, where they differ"),
    _text("note", "what a reader of this row must know"),
)
_VALIDITY = (
    Property("since", Kind.DATE, "first day on which the fact holds; blank: unknown"),
    Property("until", Kind.DATE, "first day on which it no longer holds; blank: it still does, or unknown"),
)
_CHECKED = (
    _enum("checked", ("none", "excerpt", "page"), "what was really read of the source"),
    Property("checked_on", Kind.DATE, "day of that reading"),
)

_NODE_TABLES: tuple[NodeTable, ...] = (
    NodeTable(
        "layers",
        "The four layers of an IoT industry, in the order in which data flows",
        (_id("Layer"), Property("order", Kind.INTEGER, "place in the flow, from 1", required=True), *NAMES),
        label="Layer",
    ),
    NodeTable(
        "segments",
        "Parts of a layer; security lies in no layer and secures all four",
        (
            _id("Segment"),
            _ref("layer", "Layer", "the layer it lies in; blank for security", required=False),
            _enum("nature", ("hardware", "software", "service"), "what its firms sell", required=True),
            *NAMES,
        ),
        label="Segment",
    ),
    NodeTable(
        "components",
        "What vendors offer, as fine as the question of a second source needs",
        (
            _id("Component"),
            _ref("segment", "Segment", "the segment it is part of"),
            _enum("nature", ("hardware", "software", "service"), "what a buyer gets", required=True),
            _enum(
                "stage",
                ("loop", "input"),
                "loop: takes part in the data loop; input: goes into other things",
                required=True,
            ),
            Property("family", Kind.ID, "components that differ in grade or generation only share one"),
            Property("virtual", Kind.BOOLEAN, "yes: a named set of requirements; no vendor is needed"),
            *NAMES,
            *_ALIASES[:1],
            _text("note", "what a reader of this row must know"),
        ),
        label="Component",
    ),
    NodeTable(
        "countries",
        "Countries and economies, by ISO 3166-1 alpha-2 code",
        (Property("id", Kind.COUNTRY, "ISO 3166-1 alpha-2 code", required=True), *NAMES),
        label="Country",
    ),
    NodeTable(
        "vendors",
        "Firms, each the legal entity that offers, owns or supplies",
        (
            _id("Vendor"),
            _ref("country", "Country", "seat of the legal entity, not of a plant", kind=Kind.COUNTRY),
            _text("region", "ISO 3166-2 code of the seat"),
            _text("city", "seat, in English"),
            *NAMES,
            *_ALIASES,
            _text("exchange", "stock exchange, or private"),
            _text("ticker", "code on that exchange"),
            _enum("size", ("large", "medium", "small"), "size of the firm where a source says so"),
            _text("website", "its own domain"),
            Property("until", Kind.DATE, "day it ceased to exist on its own; later its offers are history"),
            Property("placeholder", Kind.BOOLEAN, "yes: stands for several unnamed firms; never counted"),
            *EVIDENCE,
        ),
        label="Vendor",
    ),
    NodeTable(
        "problems",
        "Problems of society that ask for solutions",
        (_id("Problem"), *NAMES, *EVIDENCE),
        label="Problem",
    ),
    NodeTable(
        "solutions",
        "What answers a problem, built of components of all layers",
        (
            _id("Solution"),
            *NAMES,
            _text("description_en", "what it does, in English"),
            _text("description_zh", "the same in Traditional Chinese"),
            _text("description_ja", "the same in Japanese"),
            *EVIDENCE,
        ),
        label="Solution",
    ),
    NodeTable(
        "domains",
        "Fields of engineering, a small tree",
        (
            _id("Domain"),
            _ref("broader", "Domain", "the wider field", required=False),
            *NAMES,
            _text("as_printed", "the report's own word"),
        ),
        label="Domain",
    ),
    NodeTable(
        "engineering_firms",
        "Taiwanese engineering firms that work abroad",
        (
            _id("EngineeringFirm"),
            _ref("country", "Country", "seat of the legal entity", kind=Kind.COUNTRY),
            *NAMES,
            *_ALIASES[:1],
            *EVIDENCE,
        ),
        label="EngineeringFirm",
    ),
    NodeTable(
        "organisations",
        "Operators, institutes, agencies and companies the report speaks of that offer no component",
        (
            _id("Organisation"),
            _enum(
                "kind",
                ("agency", "association", "fund", "institute", "media", "operator", "university", "company"),
                "what it is",
                required=True,
            ),
            _ref("country", "Country", "its seat", required=False, kind=Kind.COUNTRY),
            *NAMES,
            *_ALIASES[:1],
            *EVIDENCE,
        ),
        label="Organisation",
    ),
    NodeTable(
        "measures",
        "Policies, programmes, laws and funds",
        (
            _id("Measure"),
            _enum("kind", ("policy", "programme", "law", "fund"), "what it is", required=True),
            _ref("country", "Country", "whose it is", required=False, kind=Kind.COUNTRY),
            Property("year", Kind.INTEGER, "year of its start"),
            *NAMES,
            *EVIDENCE,
        ),
        label="Measure",
    ),
    NodeTable(
        "obstacles",
        "What hinders Japanese firms abroad",
        (_id("Obstacle"), *NAMES, *EVIDENCE),
        label="Obstacle",
    ),
    NodeTable(
        "claims",
        "Statements of the report that can be checked",
        (
            _id("Claim"),
            Property("figure", Kind.NUMBER, "the number claimed"),
            _text("unit", "unit of that number"),
            Property("year", Kind.INTEGER, "year the number is of"),
            _text("check", "the saved question that recomputes it; blank: none can"),
            _text("text_en", "the claim in our own words, in English"),
            _text("text_zh", "the same in Traditional Chinese"),
            _text("text_ja", "the same in Japanese"),
            *EVIDENCE,
        ),
        label="Claim",
    ),
)

_CHOICE = (
    _text(
        "alternatives",
        "requirements of one target with the same name here are a choice: any one will do; blank: needed",
    ),
    _enum(
        "kind",
        ("input", "equipment", "service"),
        "input: used up or built in; equipment: needed to build capacity; service",
        required=True,
    ),
    _text("why", "why it is needed"),
)


def _requires(name: str, source: str, column: str, target: str) -> EdgeTable:
    return EdgeTable(
        name,
        f"What a {source.lower()} needs: {target.lower()}s",
        (
            _ref(column, source, f"the {source.lower()} that needs"),
            _ref("requires", target, f"the {target.lower()} that is needed"),
            *_CHOICE,
            *EVIDENCE,
        ),
        type="REQUIRES",
        source=End(column, source),
        target=End("requires", target),
    )


def _link(
    name: str, edge: str, source: tuple[str, str], target: tuple[str, str], meaning: str, *extra: Property
) -> EdgeTable:
    def end(column: str, label: str) -> Property:
        kind = Kind.COUNTRY if label == "Country" else Kind.ID
        return _ref(column, label, f"id of a {label}", kind=kind)

    return EdgeTable(
        name,
        meaning,
        (end(*source), end(*target), *extra),
        type=edge,
        source=End(*source),
        target=End(*target),
    )


def _relation(edge: str, meaning: str, *extra: Property) -> EdgeTable:
    return EdgeTable(
        edge.lower(),
        meaning,
        (
            _ref("from_vendor", "Vendor", "the firm that supplies, owns, invests or grants"),
            _ref("to_vendor", "Vendor", "the other firm"),
            _ref("component", "Component", "what the relation is about", required=False),
            *extra,
            *_VALIDITY,
            _text("detail", "the relation in our own words"),
            *_CHECKED,
            *EVIDENCE,
        ),
        type=edge,
        source=End("from_vendor", "Vendor"),
        target=End("to_vendor", "Vendor"),
        also_key=("component",),
    )


_SHARE = Property("share", Kind.FRACTION, "share of the capital held, 0 to 1")
_CONTROL = _enum(
    "control",
    ("yes", "no"),
    "yes: majority, consolidated or board majority by the source; blank with a blank share: control, unproven",
)

_EDGE_TABLES: tuple[EdgeTable, ...] = (
    _link("layer_feeds", "FEEDS", ("layer", "Layer"), ("feeds", "Layer"), "The loop of the four layers"),
    _link(
        "segment_secures",
        "SECURES",
        ("segment", "Segment"),
        ("layer", "Layer"),
        "Which layers a segment secures",
    ),
    _link(
        "listed_in",
        "LISTED_IN",
        ("vendor", "Vendor"),
        ("segment", "Segment"),
        "A source names the firm in a segment; counted in coverage, never in the structure function",
        *EVIDENCE,
    ),
    EdgeTable(
        "offers",
        "Which vendor offers which component",
        (
            _ref("vendor", "Vendor", "who offers"),
            _ref("component", "Component", "what is offered"),
            _text("product", "what exactly, in English"),
            _enum(
                "status",
                ("volume", "limited", "pilot", "announced", "ended"),
                "how far it is; counted: volume, limited and blank",
            ),
            _enum("role", ("leader", "established", "entrant"), "place in the market, by a source"),
            Property("share", Kind.FRACTION, "share of the market share_of, 0 to 1, by a source"),
            _text("share_of", "the market that the share is of"),
            Property("share_year", Kind.INTEGER, "year of the share"),
            Property("made_in", Kind.LIST, "ISO codes of the places where it is made"),
            Property(
                "in_house", Kind.LIST, "components the vendor makes itself for this offer", label="Component"
            ),
            *_VALIDITY,
            *_CHECKED,
            *EVIDENCE,
        ),
        type="OFFERS",
        source=End("vendor", "Vendor"),
        target=End("component", "Component"),
    ),
    _requires("component_requires", "Component", "component", "Component"),
    _requires("solution_requires", "Solution", "solution", "Component"),
    _requires("solution_builds_on", "Solution", "solution", "Solution"),
    _relation("SUPPLIES", "Who supplies whom, from the supplier to the customer"),
    _relation("OWNS", "Who owns whom; control edges join vendors into groups", _SHARE, _CONTROL),
    _relation("INVESTS_IN", "Holdings of up to half of the capital", _SHARE),
    _relation("JOINT_VENTURE_WITH", "Joint ventures of two firms", _SHARE),
    _relation("PARTNERS_WITH", "Alliances and joint work"),
    _relation("LICENSES", "Who licenses to whom"),
    _link(
        "addresses",
        "ADDRESSES",
        ("solution", "Solution"),
        ("problem", "Problem"),
        "Which problem a solution answers",
        *EVIDENCE,
    ),
    _link(
        "works_in",
        "WORKS_IN",
        ("firm", "EngineeringFirm"),
        ("domain", "Domain"),
        "Fields of an engineering firm",
        *EVIDENCE,
    ),
    _link(
        "operates_in",
        "OPERATES_IN",
        ("firm", "EngineeringFirm"),
        ("country", "Country"),
        "Where an engineering firm has an office",
        *EVIDENCE,
    ),
    _link(
        "has_built_in",
        "HAS_BUILT_IN",
        ("firm", "EngineeringFirm"),
        ("country", "Country"),
        "Where an engineering firm has worked, office or not",
        *EVIDENCE,
    ),
    _link(
        "aims_at",
        "AIMS_AT",
        ("measure", "Measure"),
        ("problem", "Problem"),
        "Which problem a measure is meant to lessen",
        *EVIDENCE,
    ),
    _link(
        "vendor_removes",
        "REMOVES",
        ("vendor", "Vendor"),
        ("obstacle", "Obstacle"),
        "Which obstacle abroad a vendor can remove",
        *EVIDENCE,
    ),
    _link(
        "firm_removes",
        "REMOVES",
        ("firm", "EngineeringFirm"),
        ("obstacle", "Obstacle"),
        "Which obstacle abroad an engineering firm can remove",
        *EVIDENCE,
    ),
    _link(
        "measure_removes",
        "REMOVES",
        ("measure", "Measure"),
        ("obstacle", "Obstacle"),
        "Which obstacle abroad a measure can remove",
        *EVIDENCE,
    ),
    EdgeTable(
        "about",
        "What a claim speaks of",
        (
            _ref("claim", "Claim", "the claim"),
            Property("about_label", Kind.TEXT, "label of the node it speaks of", required=True),
            Property("about", Kind.TEXT, "id of that node", required=True),
        ),
        type="ABOUT",
        source=End("claim", "Claim"),
        target=End("about", None, "about_label"),
    ),
)

_LEVEL = _enum(
    "level",
    ("complete", "partial", "unknown"),
    "how far the list of vendors is meant to be whole",
    required=True,
)
_WHOLE_COUNTRY = _text("country", "ISO 3166-1 alpha-2 code, or * for the rest of the world")

_RECORD_TABLES: tuple[Table, ...] = (
    Table(
        "completeness",
        "For a component and a country, how far the list of vendors is meant to be whole",
        (_ref("component", "Component", "the component"), _WHOLE_COUNTRY, _LEVEL, *EVIDENCE),
    ),
    Table(
        "segment_completeness",
        "The same for a segment, where a source lists firms by segment",
        (_ref("segment", "Segment", "the segment"), _WHOLE_COUNTRY, _LEVEL, *EVIDENCE),
    ),
    Table(
        "report_2017_vendors",
        "The report's table of Taiwanese firms, as printed, with the vendor each was identified as",
        (
            _ref("layer", "Layer", "row head of the table"),
            _ref("segment", "Segment", "second column of the table"),
            _text("segment_as_printed", "the segment's printed name"),
            _text("vendor_as_printed", "the firm's printed name"),
            _ref("vendor", "Vendor", "the vendor it was identified as"),
            _text("note", "what was read differently, and why"),
        ),
    ),
    Table(
        "report_2017_engineering_firms",
        "The report's table of engineering firms, as printed",
        (
            _text("firm_as_printed", "the firm's printed name"),
            _ref("firm", "EngineeringFirm", "the firm it was identified as"),
            Property("domains_as_printed", Kind.LIST, "fields as printed"),
            Property("locations_as_printed", Kind.LIST, "places as printed"),
            _enum("location_kind", ("present", "past-projects"), "offices, or places of past work"),
        ),
    ),
)

MODEL = Model(
    tables={t.name: t for t in (*_NODE_TABLES, *_EDGE_TABLES, *_RECORD_TABLES)},
    column_edges=(
        ColumnEdge("IN_LAYER", "segments", "layer", "Layer"),
        ColumnEdge("PART_OF", "components", "segment", "Segment"),
        ColumnEdge("BASED_IN", "vendors", "country", "Country"),
        ColumnEdge("BROADER", "domains", "broader", "Domain"),
    ),
)

COMPANY_RELATIONS = (
    "SUPPLIES",
    "OWNS",
    "INVESTS_IN",
    "JOINT_VENTURE_WITH",
    "PARTNERS_WITH",
    "LICENSES",
)
