"""The publication rules that the providers' series share, in New York time."""

from __future__ import annotations

from datetime import time

from reportgen.model import Calendar, PublicationRule, Release

# H.4.1: Thursday 16:30; the next business day when Thursday is a holiday. The SOMA holdings of the
# New York Fed follow the same clock.
H41 = PublicationRule(Release.THURSDAY, Calendar.FED, time(16, 30))

# Secured reference rates: about 08:00, may be revised until 14:30; 15:00 counts as final.
SECURED_RATE = PublicationRule(Release.NEXT_BUSINESS_DAY, Calendar.SIFMA, time(15, 0))

# Unsecured reference rates: about 09:00 on the Fed's calendar.
UNSECURED_RATE = PublicationRule(Release.NEXT_BUSINESS_DAY, Calendar.FED, time(9, 0))

# Administered rates are announced at 14:00 the day before they take effect.
ADMINISTERED = PublicationRule(Release.DAY_BEFORE, Calendar.FED, time(14, 0))

# Repo operations end at 13:45, results follow within minutes (3.3 at the 99th percentile).
REPO_OPERATION = PublicationRule(Release.SAME_DAY, Calendar.SIFMA, time(13, 50))
REVERSE_REPO_OPERATION = PublicationRule(Release.SAME_DAY, Calendar.SIFMA, time(13, 20))

DAILY_TREASURY_STATEMENT = PublicationRule(Release.NEXT_BUSINESS_DAY, Calendar.FED, time(16, 0))

MONTHLY_STATEMENT = PublicationRule(
    Release.BUSINESS_DAY_OF_NEXT_MONTH, Calendar.FED, time(15, 0), nth=4
)

# Outright purchases end between 9:20 and 13:45.
OUTRIGHT_OPERATION = PublicationRule(Release.SAME_DAY, Calendar.SIFMA, time(14, 0))

# Each row says when its auction was announced and held.
AUCTION = PublicationRule(Release.STATED, Calendar.FED, time(13, 30))
