"""What is cited: records, names, dates, and CSL's vocabulary for them."""

from citekit.records.date import Date
from citekit.records.name import Name
from citekit.records.record import Record

__all__ = ["Date", "Name", "Record"]
