#!/bin/sh
# week.sh PROJECT TARGET: the week's brief, from cron.
#
# Called every hour, it acts on Thursdays from 18:00 to 22:59 in New York, whatever the time zone of
# the machine, until the brief of the day is out or needs a person. It prints nothing but what a
# person should read, since cron mails what is printed; the rest stands in PROJECT/logs.
set -eu
project=$1
target=$2

# The clock of New York; SOURCE_DATE_EPOCH sets another moment, as for reportgen itself.
new_york() {
    TZ=America/New_York date ${SOURCE_DATE_EPOCH:+--date="@$SOURCE_DATE_EPOCH"} "+$1"
}

if [ "$(new_york %u)" != 4 ] || [ "$(new_york %H)" -lt 18 ] || [ "$(new_york %H)" -gt 22 ]; then
    exit 0
fi
day=$(new_york %F)
cd "$project"
mkdir -p logs

# The run of an hour ago may still be at work. reportgen inherits the lock, so that it also holds
# when this script alone is killed.
exec 9>logs/week.lock
flock --nonblock 9 || exit 0
if [ -e "logs/week-$day.ended" ]; then
    exit 0
fi

code=0
reportgen week "$target" >>"logs/week-$day.log" 2>&1 || code=$?
case $code in
    3 | 4)
        # Data are late or a provider failed: the next hour tries again, the last one says so.
        if [ "$(new_york %H)" -lt 22 ]; then
            exit 0
        fi
        ;;
esac
touch "logs/week-$day.ended"
if [ "$code" -ne 0 ]; then
    echo "The brief of $day is not out: reportgen week $target ended with exit code $code."
    echo "The end of $project/logs/week-$day.log:"
    echo
    tail -n 40 "logs/week-$day.log"
fi
exit "$code"
