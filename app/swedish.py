"""What people read in Swedish where the code says it in English."""

GRADES = {
    "proved": "bevisad av summor",
    "consistent": "stämmer",
    "unproved": "obevisad",
    "contradicted": "motsagd",
}
"""How far a table's own arithmetic proves that it was read right."""

FINDINGS = {
    "sum": "Summa",
    "difference": "Skillnad",
    "percentage": "Andel",
    "risk_value": "Riskvärde",
    "text_table": "Text och tabell",
    "repeated": "Samma uppgift, olika tal",
    "restated": "Ändrat mellan dokument",
    "direction": "Riktning",
}
"""What a finding is about."""
