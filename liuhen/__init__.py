"""留痕: the record of administrative enforcement in medical insurance, kept, judged and published."""
