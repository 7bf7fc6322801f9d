"""Roman numbers."""

NUMERALS = {"M": 1000, "CM": 900, "D": 500, "CD": 400, "C": 100, "XC": 90}
NUMERALS.update({"L": 50, "XL": 40, "X": 10, "IX": 9, "V": 5, "IV": 4, "I": 1})


def roman(number):
    """Writes a number from 1 on as the Romans did."""
    text = ""
    for numeral, value in NUMERALS.items():
        text += numeral * (number // value)
        number %= value
    return text
