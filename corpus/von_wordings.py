"""Passages of the board for care that its documents take over from each other, or change."""

from corpus.planted import Wording

ASSIGNMENT = (
    "Vård- och omsorgsnämnden ansvarar för omsorgen om äldre och om personer med "
    "funktionsnedsättning, för kommunens hälso- och sjukvård och för stödet till anhöriga. "
    "Nämnden beslutar om avgifter inom de ramar som kommunfullmäktige har satt."
)
DEVIATION_SIGN = (
    "Kostnader redovisas med minustecken. En negativ avvikelse betyder att utfallet är sämre än "
    "budget, både för intäkter och för kostnader."
)
NIGHTS_2023 = (
    "Nattbemanningen på de äldre boendena räcker inte till. När två personer behöver hjälp "
    "samtidigt blir korridoren utan personal, och nämnden har därför satt in extra nattpass på "
    "fyra enheter."
)
NIGHTS_2024 = (
    "Extra nattpass har behövts på fem enheter. På de äldre boendena lämnas korridorer tomma när "
    "två personer behöver hjälp på en gång, och den ordinarie nattbemanningen räcker inte då."
)
NURSES_2023 = (
    "Nämnden ska vara fri från inhyrda sjuksköterskor senast vid utgången av 2025. Ett steg på "
    "vägen är att alla nya sjuksköterskor får en mentor under sina första sex månader."
)
RESERVE_2023 = (
    "En reserv på en procent av kommunbidraget ska byggas upp för att möta svängningar i "
    "volymerna. Under året fanns inget utrymme för avsättningen."
)
FAMILY_2023 = (
    "Anhörigstödet når fler. Under året deltog 212 personer i samtalsgrupper eller fick "
    "avlösning i hemmet."
)
FAMILY_2024 = (
    "Fler anhöriga tar del av stödet: 238 personer gick i samtalsgrupp eller fick avlösning i "
    "hemmet under året."
)
FOLLOW_UP = (
    "Nämnden följer ekonomin varje månad utom i januari och juli. Avdelningschefen lämnar en "
    "förklaring till varje avvikelse som är större än 0,5 mnkr."
)
EMERGENCY = (
    "Vid långvarigt strömavbrott ska varje boende klara sig i tre dygn med egen reservkraft."
)

ANNUAL_2023, ANNUAL_2024 = "norrvik-von-arsredovisning-2023", "norrvik-von-arsredovisning-2024"
BUDGET_2024, CONTROL_2025 = "norrvik-von-budget-2024", "norrvik-von-internkontrollplan-2025"

WORDINGS = (
    Wording(
        "von-uppdrag", "carried",
        ((ANNUAL_2023, ASSIGNMENT), (BUDGET_2024, ASSIGNMENT), (ANNUAL_2024, ASSIGNMENT)),
    ),
    Wording(
        "von-tecken", "carried", ((ANNUAL_2023, DEVIATION_SIGN), (ANNUAL_2024, DEVIATION_SIGN))
    ),
    Wording("von-natt", "reworded", ((ANNUAL_2023, NIGHTS_2023), (ANNUAL_2024, NIGHTS_2024))),
    Wording("von-anhoriga", "reworded", ((ANNUAL_2023, FAMILY_2023), (ANNUAL_2024, FAMILY_2024))),
    Wording("von-inhyrda", "dropped", ((ANNUAL_2023, NURSES_2023),), (ANNUAL_2024,)),
    Wording("von-reserv", "dropped", ((ANNUAL_2023, RESERVE_2023),), (ANNUAL_2024,)),
    Wording("von-uppfoljning", "carried", ((BUDGET_2024, FOLLOW_UP), (CONTROL_2025, FOLLOW_UP))),
    Wording("von-reservkraft", "dropped", ((BUDGET_2024, EMERGENCY),), (CONTROL_2025,)),
)  # fmt: skip
