-- rule: t-sql/functions/dateadd-transact-sql: a number of dateparts is added
SELECT DATEADD(year, 1, CAST('2024-02-29' AS date)), DATEADD(month, 1, CAST('2024-01-31' AS date)), DATEADD(month, 1, CAST('2023-01-31' AS date))
--> 2025-02-28 | 2024-02-29 | 2023-02-28
SELECT DATEADD(quarter, 1, CAST('2024-01-31' AS date)), DATEADD(week, 1, CAST('2024-01-31' AS date)), DATEADD(day, -31, CAST('2024-01-31' AS date))
--> 2024-04-30 | 2024-02-07 | 2023-12-31
SELECT DATEADD(hour, 25, CAST('2024-01-31 10:00' AS datetime2(0))), DATEADD(mi, -1, CAST('2024-01-01' AS datetime2(0))), DATEADD(ss, 61, CAST('2024-01-01' AS datetime2(0)))
--> 2024-02-01T11:00:00 | 2023-12-31T23:59:00 | 2024-01-01T00:01:01
SELECT DATEADD(ms, 1, CAST('2024-01-01' AS datetime2(3))), DATEADD(mcs, 1, CAST('2024-01-01' AS datetime2(6))), DATEADD(ns, 150, CAST('2024-01-01' AS datetime2(7)))
--> 2024-01-01T00:00:00.001 | 2024-01-01T00:00:00.000001 | 2024-01-01T00:00:00.0000002
-- rule: t-sql/functions/dateadd-transact-sql: weekday, dayofyear and day add days
SELECT DATEADD(weekday, 1, CAST('2024-01-31' AS date)), DATEADD(dayofyear, 1, CAST('2024-01-31' AS date)), DATEADD(dd, 1, CAST('2024-01-31' AS date))
--> 2024-02-01 | 2024-02-01 | 2024-02-01
-- rule: t-sql/functions/dateadd-transact-sql: abbreviations of the dateparts
SELECT DATEADD(yy, 1, CAST('2024-01-01' AS date)), DATEADD(yyyy, 1, CAST('2024-01-01' AS date)), DATEADD(qq, 1, CAST('2024-01-01' AS date)), DATEADD(q, 1, CAST('2024-01-01' AS date)), DATEADD(mm, 1, CAST('2024-01-01' AS date)), DATEADD(m, 1, CAST('2024-01-01' AS date)), DATEADD(wk, 1, CAST('2024-01-01' AS date)), DATEADD(ww, 1, CAST('2024-01-01' AS date))
--> 2025-01-01 | 2025-01-01 | 2024-04-01 | 2024-04-01 | 2024-02-01 | 2024-02-01 | 2024-01-08 | 2024-01-08
-- rule: t-sql/functions/dateadd-transact-sql: the type of the date is kept; text becomes datetime
SELECT DATEADD(day, 1, '2024-01-31') AS d
--= d datetime
--> 2024-02-01T00:00:00.000
SELECT DATEADD(day, 1, CAST('2024-01-31' AS smalldatetime)) AS d
--= d smalldatetime
--> 2024-02-01T00:00:00
-- rule: t-sql/functions/dateadd-transact-sql: a fraction of the number is cut off
SELECT DATEADD(day, 1.9, CAST('2024-01-01' AS date))
--> 2024-01-02
-- rule: t-sql/functions/dateadd-transact-sql: a result out of range is an error
SELECT DATEADD(year, 8000, '2024-01-01')
--! 517 16
SELECT DATEADD(year, -300, CAST('2024-01-01' AS datetime))
--! 517 16
SELECT DATEADD(year, 60, CAST('2024-01-01' AS smalldatetime))
--! 517 16
-- rule: t-sql/functions/dateadd-transact-sql: a datepart that the type has not is an error
SELECT DATEADD(hour, 1, CAST('2024-01-01' AS date))
--! 9810 16
SELECT DATEADD(year, 1, CAST('10:00' AS time))
--! 9810 16
SELECT DATEADD(fortnight, 1, '2024-01-01')
--! 155 15
SELECT DATEADD(day, NULL, CAST('2024-01-01' AS date)), DATEADD(day, 1, NULL)
--> NULL | NULL
-- rule: t-sql/functions/dateadd-transact-sql: seconds and less of smalldatetime round to minutes
SELECT DATEADD(ss, 29, CAST('2024-01-01' AS smalldatetime)), DATEADD(ss, 30, CAST('2024-01-01' AS smalldatetime))
--> 2024-01-01T00:00:00 | 2024-01-01T00:01:00
-- rule: t-sql/functions/dateadd-transact-sql: milliseconds of datetime go in steps of 1/300 second
SELECT DATEADD(ms, 1, CAST('2024-01-01' AS datetime)), DATEADD(ms, 2, CAST('2024-01-01' AS datetime)), DATEADD(ms, 5, CAST('2024-01-01' AS datetime))
--> 2024-01-01T00:00:00.000 | 2024-01-01T00:00:00.003 | 2024-01-01T00:00:00.007
-- rule: t-sql/functions/dateadd-transact-sql: time wraps around
SELECT DATEADD(hour, 3, CAST('23:00' AS time(0)))
--> 02:00:00
SELECT DATEADD(hour, 1, CAST('2024-01-01 23:30 +02:00' AS datetimeoffset(0)))
--> 2024-01-02T00:30:00+02:00

-- rule: t-sql/functions/datediff-transact-sql: boundaries crossed between two points in time
SELECT DATEDIFF(year, '2005-12-31 23:59:59.9999999', '2006-01-01 00:00:00.0000000'), DATEDIFF(quarter, '2005-12-31 23:59:59.9999999', '2006-01-01'), DATEDIFF(month, '2005-12-31 23:59:59.9999999', '2006-01-01')
--> 1 | 1 | 1
SELECT DATEDIFF(dayofyear, '2005-12-31 23:59:59.9999999', '2006-01-01'), DATEDIFF(day, '2005-12-31 23:59:59.9999999', '2006-01-01'), DATEDIFF(week, '2005-12-31 23:59:59.9999999', '2006-01-01')
--> 1 | 1 | 1
SELECT DATEDIFF(hour, '2005-12-31 23:59:59.9999999', '2006-01-01'), DATEDIFF(minute, '2005-12-31 23:59:59.9999999', '2006-01-01'), DATEDIFF(second, '2005-12-31 23:59:59.9999999', '2006-01-01'), DATEDIFF(millisecond, '2005-12-31 23:59:59.9999999', '2006-01-01'), DATEDIFF(microsecond, '2005-12-31 23:59:59.9999999', '2006-01-01')
--> 1 | 1 | 1 | 1 | 1
SELECT DATEDIFF(nanosecond, '2005-12-31 23:59:59.9999999', '2006-01-01')
--> 100
SELECT DATEDIFF(day, '2024-03-01', '2024-02-28'), DATEDIFF(year, '2024-01-01', '2024-12-31')
--> -2 | 0
-- rule: t-sql/functions/datediff-transact-sql: weeks begin on Sunday whatever DATEFIRST is
SET DATEFIRST 1; SELECT DATEDIFF(week, '2024-01-06', '2024-01-07'), DATEDIFF(week, '2024-01-07', '2024-01-08')
--> 1 | 0
-- rule: t-sql/functions/datediff-transact-sql: more than an int holds is an error
SELECT DATEDIFF(second, '1900-01-01', '2024-01-01')
--! 535 16
SELECT DATEDIFF(millisecond, '2024-01-01', '2024-02-01')
--! 535 16
-- rule: t-sql/functions/datediff-big-transact-sql: as DATEDIFF, in bigint
SELECT DATEDIFF_BIG(second, '1900-01-01', '2024-01-01') AS n
--= n bigint
--> 3913056000
SELECT DATEDIFF_BIG(nanosecond, '2005-12-31 23:59:59.9999999', '2006-01-01 00:00:00.0000000')
--> 100
SELECT DATEDIFF(day, NULL, '2024-01-01')
--> NULL
SELECT DATEDIFF(day, CAST('2024-01-01' AS date), CAST('2024-01-03 12:00' AS datetime))
--> 2
SELECT DATEDIFF(hour, CAST('10:30' AS time), CAST('12:15' AS time))
--> 2
-- rule: t-sql/functions/datediff-transact-sql: the offset counts
SELECT DATEDIFF(minute, CAST('2024-01-01 10:00 +02:00' AS datetimeoffset), CAST('2024-01-01 10:00 +00:00' AS datetimeoffset))
--> 120

-- rule: t-sql/functions/datename-transact-sql: a part of a date as text
SELECT DATENAME(year, '2007-10-30 12:15:32.1234567 +05:10'), DATENAME(month, '2007-10-30'), DATENAME(weekday, '2007-10-30')
--> '2007' | 'October' | 'Tuesday'
SELECT DATENAME(dayofyear, '2007-10-30'), DATENAME(day, '2007-10-30'), DATENAME(week, '2007-10-30'), DATENAME(hour, '12:15:32')
--> '303' | '30' | '44' | '12'
SELECT DATENAME(TZoffset, CAST('2007-10-30 12:15:32.1234567 +05:10' AS datetimeoffset)), DATENAME(ISO_WEEK, CAST('2007-10-30' AS date))
--> '+05:10' | '44'
SELECT DATENAME(microsecond, CAST('2007-10-30 12:15:32.1234567' AS datetime2)), DATENAME(nanosecond, CAST('2007-10-30 12:15:32.1234567' AS datetime2))
--> '123456' | '123456700'
SELECT DATENAME(month, '2007-10-30') AS n
--= n nvarchar(30)
--> 'October'
-- rule: t-sql/functions/datename-transact-sql: names are in the session's language
SET LANGUAGE German; SELECT DATENAME(month, '20071030'), DATENAME(weekday, '20071030')
--> 'Oktober' | 'Dienstag'
SET LANGUAGE French; SELECT DATENAME(month, '20070830'), DATENAME(weekday, '20071030')
--> 'août' | 'mardi'

-- rule: t-sql/functions/datepart-transact-sql: a part of a date as int
SELECT DATEPART(year, '2007-10-30 12:15:32.1234567 +05:10'), DATEPART(quarter, '2007-10-30'), DATEPART(month, '2007-10-30'), DATEPART(dayofyear, '2007-10-30'), DATEPART(day, '2007-10-30')
--> 2007 | 4 | 10 | 303 | 30
SELECT DATEPART(week, '2007-10-30'), DATEPART(weekday, '2007-10-30'), DATEPART(hour, '12:15:32'), DATEPART(minute, '12:15:32'), DATEPART(second, '12:15:32')
--> 44 | 3 | 12 | 15 | 32
SELECT DATEPART(millisecond, '00:00:01.1234567'), DATEPART(microsecond, CAST('00:00:01.1234567' AS time)), DATEPART(nanosecond, CAST('00:00:01.1234567' AS time))
--> 123 | 123456 | 123456700
SELECT DATEPART(tz, CAST('2007-05-10 00:00:01.1234567 +05:10' AS datetimeoffset))
--> 310
-- rule: t-sql/functions/datepart-transact-sql: the parts of 1900-01-01 for a time
SELECT DATEPART(year, '12:10:30.123'), DATEPART(month, '12:10:30.123'), DATEPART(day, '12:10:30.123'), DATEPART(dayofyear, '12:10:30.123'), DATEPART(weekday, '12:10:30.123')
--> 1900 | 1 | 1 | 1 | 2
-- rule: t-sql/functions/datepart-transact-sql: week and weekday depend on DATEFIRST
SET DATEFIRST 1; SELECT DATEPART(weekday, '2007-04-21'), DATEPART(week, '2007-04-21')
--> 6 | 16
SET DATEFIRST 7; SELECT DATEPART(weekday, '2007-04-21'), DATEPART(week, '2007-04-21')
--> 7 | 16
SET DATEFIRST 3; SELECT DATEPART(weekday, '2007-04-22'), @@DATEFIRST
--> 5 | 3
SELECT DATEPART(week, '2024-01-01'), DATEPART(week, '2023-12-31'), DATEPART(week, '2023-01-01')
--> 1 | 53 | 1
-- rule: t-sql/functions/datepart-transact-sql: ISO weeks begin on Monday, the first has the first Thursday
SELECT DATEPART(ISO_WEEK, '2008-12-29'), DATEPART(ISO_WEEK, '2010-01-03'), DATEPART(isowk, '2005-01-01'), DATEPART(isoww, '2024-12-30')
--> 1 | 53 | 53 | 1
-- rule: t-sql/functions/datepart-transact-sql: a part the type has not is an error
SELECT DATEPART(hour, CAST('2024-01-01' AS date))
--! 9810 16
SELECT DATEPART(year, CAST('10:00' AS time))
--! 9810 16
SELECT DATEPART(tz, CAST('2024-01-01' AS datetime))
--! 9810 16
SELECT DATEPART(decade, '2024-01-01')
--! 155 15
SELECT DAY('2007-04-30'), MONTH('2007-04-30'), YEAR('2007-04-30')
--> 30 | 4 | 2007
-- rule: t-sql/functions/day-transact-sql: a number is days after 1900-01-01
SELECT DAY(0), MONTH(0), YEAR(0), YEAR(366)
--> 1 | 1 | 1900 | 1901
SELECT DAY(CAST('10:00' AS time))
--! 9810 16

-- rule: t-sql/functions/datetrunc-transact-sql: what is below the datepart is cut off
SELECT DATETRUNC(year, CAST('2021-12-08 11:30:15.1234567' AS datetime2)), DATETRUNC(quarter, CAST('2021-12-08 11:30:15.1234567' AS datetime2)), DATETRUNC(month, CAST('2021-12-08 11:30:15.1234567' AS datetime2))
--> 2021-01-01T00:00:00.0000000 | 2021-10-01T00:00:00.0000000 | 2021-12-01T00:00:00.0000000
SELECT DATETRUNC(day, CAST('2021-12-08 11:30:15.1234567' AS datetime2)), DATETRUNC(week, CAST('2021-12-08 11:30:15.1234567' AS datetime2)), DATETRUNC(iso_week, CAST('2021-12-08 11:30:15.1234567' AS datetime2))
--> 2021-12-08T00:00:00.0000000 | 2021-12-05T00:00:00.0000000 | 2021-12-06T00:00:00.0000000
SELECT DATETRUNC(hour, CAST('2021-12-08 11:30:15.1234567' AS datetime2)), DATETRUNC(minute, CAST('2021-12-08 11:30:15.1234567' AS datetime2)), DATETRUNC(second, CAST('2021-12-08 11:30:15.1234567' AS datetime2)), DATETRUNC(millisecond, CAST('2021-12-08 11:30:15.1234567' AS datetime2)), DATETRUNC(microsecond, CAST('2021-12-08 11:30:15.1234567' AS datetime2))
--> 2021-12-08T11:00:00.0000000 | 2021-12-08T11:30:00.0000000 | 2021-12-08T11:30:15.0000000 | 2021-12-08T11:30:15.1230000 | 2021-12-08T11:30:15.1234560
-- rule: t-sql/functions/datetrunc-transact-sql: weeks begin on the day of DATEFIRST
SET DATEFIRST 6; SELECT DATETRUNC(week, CAST('2021-11-11' AS date))
--> 2021-11-06
-- rule: t-sql/functions/datetrunc-transact-sql: text becomes datetime2(7), other types are kept
SELECT DATETRUNC(month, '1998-03-04') AS d
--= d datetime2(7)
--> 1998-03-01T00:00:00.0000000
SELECT DATETRUNC(month, CAST('1998-03-04' AS date)) AS d
--= d date
--> 1998-03-01
SELECT DATETRUNC(year, CAST('1998-03-04 10:00 +08:00' AS datetimeoffset(0)))
--> 1998-01-01T00:00:00+08:00
-- rule: t-sql/functions/datetrunc-transact-sql: a datepart the type has not is an error
SELECT DATETRUNC(minute, CAST('2021-12-08' AS date))
--! 9810 16
SELECT DATETRUNC(week, CAST('0001-01-01 00:00:00' AS datetime2))
--! 9837 16
SELECT DATETRUNC(weekday, '2021-12-08')
--! 9810 16

-- rule: t-sql/functions/date-bucket-transact-sql: the start of the bucket that a date is in, counted from 1900-01-01
SELECT DATE_BUCKET(week, 1, CAST('2020-04-15 21:22:11' AS datetime2(0))), DATE_BUCKET(day, 7, CAST('2020-04-15 21:22:11' AS datetime2(0)))
--> 2020-04-13T00:00:00 | 2020-04-13T00:00:00
SELECT DATE_BUCKET(week, 2, CAST('2020-04-30 21:22:11' AS datetime2(0))), DATE_BUCKET(month, 2, CAST('2020-04-30 21:22:11' AS datetime2(0)))
--> 2020-04-27T00:00:00 | 2020-03-01T00:00:00
SELECT DATE_BUCKET(hour, 2, CAST('2020-04-30 21:22:11' AS datetime2(0))), DATE_BUCKET(minute, 15, CAST('2020-04-30 21:22:11' AS datetime2(0)))
--> 2020-04-30T20:00:00 | 2020-04-30T21:15:00
-- rule: t-sql/functions/date-bucket-transact-sql: an origin of one's own
SELECT DATE_BUCKET(week, 5, CAST('2020-06-15 21:22:11' AS datetime2(0)), CAST('2019-01-01' AS datetime2(0)))
--> 2020-06-09T00:00:00
SELECT DATE_BUCKET(day, 0, CAST('2020-06-15' AS date))
--! 9834 16

-- rule: t-sql/functions/eomonth-transact-sql: the last day of the month, some months off
SELECT EOMONTH('2011-12-01'), EOMONTH('2024-02-10'), EOMONTH('2024-02-10', 1), EOMONTH('2024-03-31', -1)
--> 2011-12-31 | 2024-02-29 | 2024-03-31 | 2024-02-29
SELECT EOMONTH('2024-02-10') AS d
--= d date
--> 2024-02-29
SELECT EOMONTH(CAST(NULL AS date))
--> NULL
SELECT EOMONTH('9999-12-01', 1)
--! 517 16

-- rule: t-sql/functions/datefromparts-transact-sql: a date of year, month and day
SELECT DATEFROMPARTS(2010, 12, 31), DATEFROMPARTS(2010, NULL, 31)
--> 2010-12-31 | NULL
SELECT DATEFROMPARTS(2010, 13, 1)
--! 289 16
SELECT DATEFROMPARTS(2023, 2, 29)
--! 289 16
-- rule: t-sql/functions/datetimefromparts-transact-sql: a datetime, rounded as datetime is
SELECT DATETIMEFROMPARTS(2010, 12, 31, 23, 59, 59, 0), DATETIMEFROMPARTS(2010, 12, 31, 23, 59, 59, 998)
--> 2010-12-31T23:59:59.000 | 2010-12-31T23:59:59.997
SELECT DATETIMEFROMPARTS(1752, 12, 31, 0, 0, 0, 0)
--! 289 16
-- rule: t-sql/functions/datetime2fromparts-transact-sql: fractions in units of the precision
SELECT DATETIME2FROMPARTS(2011, 8, 15, 14, 23, 44, 5, 1), DATETIME2FROMPARTS(2011, 8, 15, 14, 23, 44, 50, 2), DATETIME2FROMPARTS(2011, 8, 15, 14, 23, 44, 500, 3)
--> 2011-08-15T14:23:44.5 | 2011-08-15T14:23:44.50 | 2011-08-15T14:23:44.500
SELECT DATETIME2FROMPARTS(2010, 12, 31, 23, 59, 59, 0, 0) AS d
--= d datetime2(0)
--> 2010-12-31T23:59:59
SELECT DATETIME2FROMPARTS(2011, 8, 15, 14, 23, 44, 50, 1)
--! 289 16
SELECT DATETIME2FROMPARTS(2011, 8, 15, 14, 23, 44, 0, NULL)
--! 10760 16
-- rule: t-sql/functions/datetimeoffsetfromparts-transact-sql: with hours and minutes of the offset
SELECT DATETIMEOFFSETFROMPARTS(2010, 12, 31, 14, 23, 23, 0, 12, 0, 7)
--> 2010-12-31T14:23:23.0000000+12:00
SELECT DATETIMEOFFSETFROMPARTS(2010, 12, 31, 14, 23, 23, 0, 15, 0, 7)
--! 289 16
SELECT DATETIMEOFFSETFROMPARTS(2010, 12, 31, 14, 23, 23, 0, -5, 30, 7)
--! 289 16
-- rule: t-sql/functions/smalldatetimefromparts-transact-sql: to the minute
SELECT SMALLDATETIMEFROMPARTS(2010, 12, 31, 23, 59)
--> 2010-12-31T23:59:00
SELECT SMALLDATETIMEFROMPARTS(1899, 12, 31, 23, 59)
--! 289 16
-- rule: t-sql/functions/timefromparts-transact-sql: a time of day
SELECT TIMEFROMPARTS(14, 23, 44, 5, 1), TIMEFROMPARTS(14, 23, 44, 500, 3), TIMEFROMPARTS(23, 59, 59, 0, 0)
--> 14:23:44.5 | 14:23:44.500 | 23:59:59
SELECT TIMEFROMPARTS(24, 0, 0, 0, 0)
--! 289 16

-- rule: t-sql/functions/switchoffset-transact-sql: the same moment at another offset
SELECT SWITCHOFFSET(CAST('1998-09-20 7:45:50.71345 -05:00' AS datetimeoffset), '-08:00')
--> 1998-09-20T04:45:50.7134500-08:00
SELECT SWITCHOFFSET(CAST('2024-01-01 00:00 +00:00' AS datetimeoffset(0)), -90)
--> 2023-12-31T22:30:00-01:30
SELECT SWITCHOFFSET(CAST('2024-01-01 00:00 +00:00' AS datetimeoffset(0)), '+15:00')
--! 9812 16
-- rule: t-sql/functions/todatetimeoffset-transact-sql: local time with an offset put to it
SELECT TODATETIMEOFFSET(CAST('2019-04-22 16:23:51.766' AS datetime2(3)), '-08:00'), TODATETIMEOFFSET(CAST('2019-04-22 16:23:51' AS datetime2(0)), -120)
--> 2019-04-22T16:23:51.766-08:00 | 2019-04-22T16:23:51-02:00
SELECT TODATETIMEOFFSET(CAST('2019-04-22' AS datetime2(0)), '+14:01')
--! 9812 16

-- rule: t-sql/queries/at-time-zone-transact-sql: a time without offset is taken as the zone's own
SELECT CAST('2022-07-01 12:00' AS datetime2(0)) AT TIME ZONE 'Pacific Standard Time', CAST('2022-01-01 12:00' AS datetime2(0)) AT TIME ZONE 'Pacific Standard Time'
--> 2022-07-01T12:00:00-07:00 | 2022-01-01T12:00:00-08:00
-- rule: t-sql/queries/at-time-zone-transact-sql: a datetimeoffset is moved into the zone
SELECT CAST('2022-07-01 12:00 +00:00' AS datetimeoffset(0)) AT TIME ZONE 'Central European Standard Time', CAST('2022-01-01 12:00' AS datetime2(0)) AT TIME ZONE 'UTC' AT TIME ZONE 'India Standard Time'
--> 2022-07-01T14:00:00+02:00 | 2022-01-01T17:30:00+05:30
-- rule: t-sql/queries/at-time-zone-transact-sql: a time in the gap of spring is moved on by the size of the gap
SELECT CAST('2022-03-27T02:01:00' AS datetime2(0)) AT TIME ZONE 'Central European Standard Time', CAST('2022-03-27T03:00:00' AS datetime2(0)) AT TIME ZONE 'Central European Standard Time', CAST('2022-03-27T01:59:59' AS datetime2(0)) AT TIME ZONE 'Central European Standard Time'
--> 2022-03-27T03:01:00+02:00 | 2022-03-27T03:00:00+02:00 | 2022-03-27T01:59:59+01:00
-- rule: t-sql/queries/at-time-zone-transact-sql: a time that is there twice in autumn is standard time
SELECT CAST('2022-10-30T02:00:00' AS datetime2(0)) AT TIME ZONE 'Central European Standard Time', CAST('2022-10-30T01:59:59' AS datetime2(0)) AT TIME ZONE 'Central European Standard Time'
--> 2022-10-30T02:00:00+01:00 | 2022-10-30T01:59:59+02:00
-- rule: t-sql/queries/at-time-zone-transact-sql: datetimeoffset of the same precision; of datetime, three digits
SELECT CAST('2022-01-01' AS datetime2(4)) AT TIME ZONE 'UTC' AS a, CAST('2022-01-01' AS datetime) AT TIME ZONE 'UTC' AS b
--= a datetimeoffset(4) | b datetimeoffset(3)
--> 2022-01-01T00:00:00.0000+00:00 | 2022-01-01T00:00:00.000+00:00
SELECT CAST('2022-01-01' AS datetime2) AT TIME ZONE 'No Such Time'
--! 9820 16
DECLARE @zone nvarchar(50) = N'Eastern Standard Time', @no datetime2(0); SELECT CAST('2022-08-01' AS datetime2(0)) AT TIME ZONE @zone, @no AT TIME ZONE @zone
--> 2022-08-01T00:00:00-04:00 | NULL
SELECT CAST('2022-01-01' AS date) AT TIME ZONE 'UTC'
--! 8116 16

-- rule: t-sql/functions/isdate-transact-sql: 1 for what can be a datetime
SELECT ISDATE('2009-05-12 10:19:41.177'), ISDATE('not a date'), ISDATE('2024-02-30'), ISDATE('1752-12-31'), ISDATE('')
--> 1 | 0 | 0 | 0 | 0
-- rule: t-sql/functions/isdate-transact-sql: DATEFORMAT and LANGUAGE decide
SET DATEFORMAT mdy; SELECT ISDATE('04/15/2008'), ISDATE('15/04/2008')
--> 1 | 0
SET DATEFORMAT dmy; SELECT ISDATE('15/04/2008'), ISDATE('04/15/2008')
--> 1 | 0
SET LANGUAGE British; SELECT ISDATE('15/04/2008'), ISDATE('04/15/2008')
--> 1 | 0
-- rule: t-sql/functions/isdate-transact-sql: datetime2 is refused
SELECT ISDATE(CAST('2024-01-01' AS datetime2))
--! 8116 16
-- rule: t-sql/functions/isdate-transact-sql: more than three digits of a second are no datetime
SELECT ISDATE('2024-01-01 10:00:00.1234')
--> 0

-- rule: t-sql/data-types/datetime-transact-sql: rounded to .000, .003 and .007 seconds
SELECT CAST('1998-01-01 23:59:59.999' AS datetime), CAST('1998-01-01 23:59:59.995' AS datetime), CAST('1998-01-01 23:59:59.996' AS datetime), CAST('1998-01-01 23:59:59.998' AS datetime)
--> 1998-01-02T00:00:00.000 | 1998-01-01T23:59:59.997 | 1998-01-01T23:59:59.997 | 1998-01-01T23:59:59.997
SELECT CAST('1998-01-01 23:59:59.992' AS datetime), CAST('1998-01-01 23:59:59.994' AS datetime), CAST('1998-01-01 23:59:59.990' AS datetime), CAST('1998-01-01 23:59:59.991' AS datetime)
--> 1998-01-01T23:59:59.993 | 1998-01-01T23:59:59.993 | 1998-01-01T23:59:59.990 | 1998-01-01T23:59:59.990
-- rule: t-sql/data-types/datetime-transact-sql: from 1753 to 9999
SELECT CAST('1752-12-31' AS datetime)
--! 242 16
SELECT CAST('1753-01-01' AS datetime)
--> 1753-01-01T00:00:00.000
-- rule: t-sql/data-types/smalldatetime-transact-sql: seconds up to 29.998 round down, from 29.999 up
SELECT CAST('2007-05-08 12:35:29.998' AS smalldatetime), CAST('2007-05-08 12:35:29.999' AS smalldatetime), CAST('2007-05-08 12:35:30' AS smalldatetime)
--> 2007-05-08T12:35:00 | 2007-05-08T12:36:00 | 2007-05-08T12:36:00
SELECT CAST('1899-12-31' AS smalldatetime)
--! 242 16
SELECT CAST(CAST('2080-01-01' AS datetime) AS smalldatetime)
--! 242 16
-- rule: t-sql/data-types/datetime2-transact-sql: a lower precision rounds
SELECT CAST('2007-05-08 12:35:29.1234567' AS datetime2(3)), CAST('2007-05-08 12:35:29.9999999' AS datetime2(0)), CAST('2007-05-08 23:59:59.99' AS datetime2(1))
--> 2007-05-08T12:35:29.123 | 2007-05-08T12:35:30 | 2007-05-09T00:00:00.0
SELECT CAST('2024-01-01' AS datetime2(8))
--! 1002 15
-- rule: t-sql/data-types/date-transact-sql: from 0001-01-01 to 9999-12-31
SELECT CAST('0001-01-01' AS date), CAST('9999-12-31' AS date)
--> 0001-01-01 | 9999-12-31
SELECT CAST('10000-01-01' AS date)
--! 241 16
-- rule: t-sql/data-types/time-transact-sql: forms with AM and PM
SELECT CAST('6:07 PM' AS time(0)), CAST('12:00 AM' AS time(0)), CAST('12 pm' AS time(0)), CAST('01PM' AS time(0))
--> 18:07:00 | 00:00:00 | 12:00:00 | 13:00:00
SELECT CAST('13:00 AM' AS time)
--! 241 16
-- rule: t-sql/data-types/time-transact-sql: rounding a time does not go over midnight into another day
SELECT CAST('23:59:59.9999999' AS time(0))
--> 00:00:00
-- rule: t-sql/data-types/datetimeoffset-transact-sql: converted to datetime2 the offset is dropped
SELECT CAST(CAST('2024-01-01 10:00 +05:00' AS datetimeoffset) AS datetime2(0)), CAST(CAST('2024-01-01 10:00 +05:00' AS datetimeoffset) AS date)
--> 2024-01-01T10:00:00 | 2024-01-01
SELECT CAST(CAST('2024-01-01 10:00' AS datetime2(0)) AS datetimeoffset(0))
--> 2024-01-01T10:00:00+00:00
-- rule: t-sql/data-types/datetimeoffset-transact-sql: offsets compare as moments
SELECT IIF(CAST('2024-01-01 10:00 +02:00' AS datetimeoffset) = CAST('2024-01-01 08:00 +00:00' AS datetimeoffset), 'same', 'other')
--> 'same'
-- rule: t-sql/data-types/date-transact-sql: a time becomes no date
SELECT CAST(CAST('10:00' AS time) AS date)
--! 529 16
SELECT CAST(CAST('10:30' AS time) AS datetime)
--> 1900-01-01T10:30:00.000
SELECT CAST(CAST('2024-01-01 10:30:29.9999999' AS datetime2) AS time(3)), CAST(CAST('2024-01-01 10:30' AS datetime) AS date)
--> 10:30:30.000 | 2024-01-01
-- rule: t-sql/data-types/datetime-transact-sql: converted to datetime2, the ticks of 1/300 second show
SELECT CAST(CAST('2024-01-01 00:00:00.003' AS datetime) AS datetime2(7))
--> 2024-01-01T00:00:00.0033333
-- rule: t-sql/data-types/datetime-transact-sql: days and fractions of days can be added and taken away
SELECT CAST('2024-01-01' AS datetime) + 1, CAST('2024-01-01' AS datetime) - 0.5
--> 2024-01-02T00:00:00.000 | 2023-12-31T12:00:00.000
SELECT CAST('2024-01-03' AS datetime) - CAST('2024-01-01' AS datetime)
--> 1900-01-03T00:00:00.000
SELECT CAST('2024-01-01' AS date) + 1
--! 206 16
SELECT CAST('2024-01-01' AS datetime2) - CAST('2024-01-01' AS datetime2)
--! 8117 16
-- rule: t-sql/statements/set-dateformat-transact-sql: the order of the parts of a date in text
SET DATEFORMAT ymd; SELECT CAST('24/02/03' AS datetime)
--> 2024-02-03T00:00:00.000
SET DATEFORMAT dmy; SELECT CAST('03/02/2024' AS datetime)
--> 2024-02-03T00:00:00.000
SET DATEFORMAT mdy; SELECT CAST('03/02/2024' AS datetime)
--> 2024-03-02T00:00:00.000
-- rule: t-sql/statements/set-dateformat-transact-sql: yyyy-mm-dd is read so for date and datetime2 whatever it is
SET DATEFORMAT dmy; SELECT CAST('2024-02-03' AS date), CAST('2024-02-03' AS datetime2(0)), CAST('2024-02-03' AS datetime)
--> 2024-02-03 | 2024-02-03T00:00:00 | 2024-03-02T00:00:00.000
SET DATEFORMAT dmy; SELECT CAST('20240203' AS datetime), CAST('2024-02-03T00:00:00' AS datetime)
--> 2024-02-03T00:00:00.000 | 2024-02-03T00:00:00.000
-- rule: t-sql/statements/set-datefirst-transact-sql: 1 to 7
SET DATEFIRST 8
--! 2742 16
-- rule: database-engine/configure-windows/configure-the-two-digit-year-cutoff-server-configuration-option: two digits up to 49 are of this century
SELECT CAST('49-12-31' AS date), CAST('50-12-31' AS date)
--! 241 16
SELECT CAST('12/31/49' AS date), CAST('12/31/50' AS date)
--> 2049-12-31 | 1950-12-31

-- rule: t-sql/functions/getdate-transact-sql: datetime; SYSDATETIME is datetime2(7)
SELECT GETDATE() AS a, CURRENT_TIMESTAMP AS b, GETUTCDATE() AS c, SYSDATETIME() AS d, SYSUTCDATETIME() AS e, SYSDATETIMEOFFSET() AS f WHERE 1 = 0
--= a datetime | b datetime | c datetime | d datetime2(7) | e datetime2(7) | f datetimeoffset(7)
-- rule: t-sql/functions/sysdatetime-transact-sql: one statement has one time
SELECT COUNT(DISTINCT SYSDATETIME()) FROM GENERATE_SERIES(1, 100)
--> 1
