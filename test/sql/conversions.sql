-- rule: t-sql/functions/cast-and-convert-transact-sql#date-and-time-styles: styles with two and four digits of the year
SELECT CONVERT(varchar(30), CAST('2006-12-30 00:38:54.840' AS datetime), 0), CONVERT(varchar(30), CAST('2006-12-30 00:38:54.840' AS datetime), 100)
--> 'Dec 30 2006 12:38AM' | 'Dec 30 2006 12:38AM'
SELECT CONVERT(varchar(30), CAST('2006-12-30 00:38:54.840' AS datetime), 1), CONVERT(varchar(30), CAST('2006-12-30 00:38:54.840' AS datetime), 101)
--> '12/30/06' | '12/30/2006'
SELECT CONVERT(varchar(30), CAST('2006-12-30 00:38:54.840' AS datetime), 2), CONVERT(varchar(30), CAST('2006-12-30 00:38:54.840' AS datetime), 102)
--> '06.12.30' | '2006.12.30'
SELECT CONVERT(varchar(30), CAST('2006-12-30 00:38:54.840' AS datetime), 3), CONVERT(varchar(30), CAST('2006-12-30 00:38:54.840' AS datetime), 103)
--> '30/12/06' | '30/12/2006'
SELECT CONVERT(varchar(30), CAST('2006-12-30 00:38:54.840' AS datetime), 4), CONVERT(varchar(30), CAST('2006-12-30 00:38:54.840' AS datetime), 104)
--> '30.12.06' | '30.12.2006'
SELECT CONVERT(varchar(30), CAST('2006-12-30 00:38:54.840' AS datetime), 5), CONVERT(varchar(30), CAST('2006-12-30 00:38:54.840' AS datetime), 105)
--> '30-12-06' | '30-12-2006'
SELECT CONVERT(varchar(30), CAST('2006-12-30 00:38:54.840' AS datetime), 6), CONVERT(varchar(30), CAST('2006-12-30 00:38:54.840' AS datetime), 106)
--> '30 Dec 06' | '30 Dec 2006'
SELECT CONVERT(varchar(30), CAST('2006-12-30 00:38:54.840' AS datetime), 7), CONVERT(varchar(30), CAST('2006-12-30 00:38:54.840' AS datetime), 107)
--> 'Dec 30, 06' | 'Dec 30, 2006'
SELECT CONVERT(varchar(30), CAST('2006-12-30 00:38:54.840' AS datetime), 8), CONVERT(varchar(30), CAST('2006-12-30 00:38:54.840' AS datetime), 24), CONVERT(varchar(30), CAST('2006-12-30 00:38:54.840' AS datetime), 108)
--> '00:38:54' | '00:38:54' | '00:38:54'
SELECT CONVERT(varchar(30), CAST('2006-12-30 00:38:54.840' AS datetime), 9), CONVERT(varchar(30), CAST('2006-12-30 00:38:54.840' AS datetime), 109)
--> 'Dec 30 2006 12:38:54:840AM' | 'Dec 30 2006 12:38:54:840AM'
SELECT CONVERT(varchar(30), CAST('2006-12-30 00:38:54.840' AS datetime), 10), CONVERT(varchar(30), CAST('2006-12-30 00:38:54.840' AS datetime), 110)
--> '12-30-06' | '12-30-2006'
SELECT CONVERT(varchar(30), CAST('2006-12-30 00:38:54.840' AS datetime), 11), CONVERT(varchar(30), CAST('2006-12-30 00:38:54.840' AS datetime), 111)
--> '06/12/30' | '2006/12/30'
SELECT CONVERT(varchar(30), CAST('2006-12-30 00:38:54.840' AS datetime), 12), CONVERT(varchar(30), CAST('2006-12-30 00:38:54.840' AS datetime), 112)
--> '061230' | '20061230'
SELECT CONVERT(varchar(30), CAST('2006-12-30 00:38:54.840' AS datetime), 13), CONVERT(varchar(30), CAST('2006-12-30 00:38:54.840' AS datetime), 113)
--> '30 Dec 2006 00:38:54:840' | '30 Dec 2006 00:38:54:840'
SELECT CONVERT(varchar(30), CAST('2006-12-30 00:38:54.840' AS datetime), 14), CONVERT(varchar(30), CAST('2006-12-30 00:38:54.840' AS datetime), 114)
--> '00:38:54:840' | '00:38:54:840'
SELECT CONVERT(varchar(30), CAST('2006-12-30 00:38:54.840' AS datetime), 20), CONVERT(varchar(30), CAST('2006-12-30 00:38:54.840' AS datetime), 120)
--> '2006-12-30 00:38:54' | '2006-12-30 00:38:54'
SELECT CONVERT(varchar(30), CAST('2006-12-30 00:38:54.840' AS datetime), 21), CONVERT(varchar(30), CAST('2006-12-30 00:38:54.840' AS datetime), 25), CONVERT(varchar(30), CAST('2006-12-30 00:38:54.840' AS datetime), 121)
--> '2006-12-30 00:38:54.840' | '2006-12-30 00:38:54.840' | '2006-12-30 00:38:54.840'
SELECT CONVERT(varchar(30), CAST('2006-12-30 15:38:54.840' AS datetime), 22), CONVERT(varchar(30), CAST('2006-12-30 00:38:54.840' AS datetime), 23)
--> '12/30/06  3:38:54 PM' | '2006-12-30'
SELECT CONVERT(varchar(30), CAST('2006-12-30 00:38:54.840' AS datetime), 126), CONVERT(varchar(30), CAST('2006-12-30 00:38:54' AS datetime), 126)
--> '2006-12-30T00:38:54.840' | '2006-12-30T00:38:54'
SELECT CONVERT(varchar(30), CAST('2006-12-30 00:38:54.840' AS datetime), 127)
--> '2006-12-30T00:38:54.840'
SELECT CONVERT(varchar(40), CAST('2006-12-30 02:38:54.84 +02:00' AS datetimeoffset(2)), 126), CONVERT(varchar(40), CAST('2006-12-30 02:38:54.84 +02:00' AS datetimeoffset(2)), 127)
--> '2006-12-30T02:38:54.84+02:00' | '2006-12-30T00:38:54.84Z'
-- rule: t-sql/functions/cast-and-convert-transact-sql#date-and-time-styles: other date types in the styles
SELECT CONVERT(varchar(30), CAST('2006-12-30' AS date), 101), CONVERT(varchar(30), CAST('2006-12-30' AS date), 112), CONVERT(varchar(30), CAST('2006-12-30' AS date), 120)
--> '12/30/2006' | '20061230' | '2006-12-30'
SELECT CONVERT(varchar(40), CAST('2006-12-30 13:38:54.1234567' AS datetime2), 121), CONVERT(varchar(40), CAST('2006-12-30 13:38:54.1234567' AS datetime2), 126), CONVERT(varchar(40), CAST('2006-12-30 13:38:54.1234567' AS datetime2), 109)
--> '2006-12-30 13:38:54.1234567' | '2006-12-30T13:38:54.1234567' | 'Dec 30 2006  1:38:54.1234567PM'
SELECT CONVERT(varchar(40), CAST('13:38:54' AS time(0)), 108), CONVERT(varchar(40), CAST('13:38:54.12' AS time(2)), 114), CONVERT(varchar(40), CAST('13:38:54' AS time(0)), 100)
--> '13:38:54' | '13:38:54.12' | ' 1:38PM'
-- rule: t-sql/functions/cast-and-convert-transact-sql: without style, datetime as 0 and the others as 121
SELECT CAST(CAST('2006-02-03 04:05:06' AS datetime) AS varchar(30)), CAST(CAST('2006-02-03 04:05:06' AS smalldatetime) AS varchar(30)), CAST(CAST('2006-02-03' AS date) AS varchar(30)), CAST(CAST('2006-02-03 04:05:06' AS datetime2(0)) AS varchar(30)), CAST(CAST('04:05:06' AS time(1)) AS varchar(30))
--> 'Feb  3 2006  4:05AM' | 'Feb  3 2006  4:05AM' | '2006-02-03' | '2006-02-03 04:05:06' | '04:05:06.0'
SELECT CAST(CAST('2006-02-03 04:05:06 +01:00' AS datetimeoffset(0)) AS varchar(40))
--> '2006-02-03 04:05:06 +01:00'
-- rule: t-sql/functions/cast-and-convert-transact-sql#date-and-time-styles: a style that is none is an error
SELECT CONVERT(varchar(30), CAST('2006-12-30' AS datetime), 99)
--! 281 16
-- rule: t-sql/functions/cast-and-convert-transact-sql#date-and-time-styles: text is read in the style
SELECT CONVERT(datetime, '30/12/2006', 103), CONVERT(datetime, '12/30/2006', 101), CONVERT(datetime, '30.12.06', 4), CONVERT(date, '20061230', 112)
--> 2006-12-30T00:00:00.000 | 2006-12-30T00:00:00.000 | 2006-12-30T00:00:00.000 | 2006-12-30
SELECT CONVERT(datetime, '30/12/2006', 101)
--! 242 16
SELECT CONVERT(datetime2(0), '2006-12-30T10:00:00Z', 127), CONVERT(date, 'Dec 30 2006', 100)
--> 2006-12-30T10:00:00 | 2006-12-30
SELECT CONVERT(date, '30 December 2006'), CONVERT(date, 'December 30, 2006'), CONVERT(date, '2006-12-30'), CONVERT(date, '20061230'), CONVERT(date, '12/30/2006')
--> 2006-12-30 | 2006-12-30 | 2006-12-30 | 2006-12-30 | 2006-12-30

-- rule: t-sql/functions/cast-and-convert-transact-sql#money-and-smallmoney-styles: 0 two decimals, 1 with commas, 2 four decimals, 126 as 2
SELECT CONVERT(varchar(20), CAST(4235.98 AS money)), CONVERT(varchar(20), CAST(4235.98 AS money), 0), CONVERT(varchar(20), CAST(3510.92 AS money), 1), CONVERT(varchar(20), CAST(4235.98194 AS money), 2), CONVERT(varchar(20), CAST(4235.9819 AS money), 126)
--> '4235.98' | '4235.98' | '3,510.92' | '4235.9819' | '4235.9819'
SELECT CONVERT(varchar(20), CAST(-1234567.895 AS money), 1), CAST(CAST(0.005 AS money) AS varchar(10))
--> '-1,234,567.90' | '0.01'
-- rule: t-sql/functions/cast-and-convert-transact-sql#float-and-real-styles: 0 up to six digits, 1 eight, 2 sixteen, 3 seventeen
SELECT CONVERT(varchar(30), 1234567.891e0), CONVERT(varchar(30), 123.456e0), CONVERT(varchar(30), 0.00001e0)
--> '1.23457e+006' | '123.456' | '1e-005'
SELECT CONVERT(varchar(30), 123.456e0, 1), CONVERT(varchar(30), 123.456e0, 2), CONVERT(varchar(30), 0.1e0, 3)
--> '1.2345600e+002' | '1.234560000000000e+002' | '1.0000000000000001e-001'
SELECT CAST(1e0 AS varchar(30)), CAST(0e0 AS varchar(30)), CAST(-1.5e0 AS varchar(30)), CAST(1e10 AS varchar(30)), CAST(999999e0 AS varchar(20))
--> '1' | '0' | '-1.5' | '1e+010' | '999999'
-- rule: t-sql/functions/cast-and-convert-transact-sql#binary-styles: 0 bytes as they are, 1 hexadecimal with 0x, 2 without
SELECT CONVERT(varchar(10), 0x4E616D65, 0), CONVERT(varchar(10), 0x4E616D65, 1), CONVERT(varchar(10), 0x4E616D65, 2)
--> 'Name' | '0x4E616D65' | '4E616D65'
SELECT CONVERT(binary(8), 'Name', 0), CONVERT(binary(4), '0x4E616D65', 1), CONVERT(binary(4), '4E616D65', 2)
--> 0x4E616D6500000000 | 0x4E616D65 | 0x4E616D65
SELECT CONVERT(varbinary(4), '4E6', 2)
--! 8114 16
SELECT CONVERT(varbinary(4), 'xyz', 1)
--! 8114 16
SELECT CONVERT(varchar(5), 0x4E616D65, 1)
--> '0x4E'
SELECT CONVERT(varbinary(8), 1), CONVERT(varbinary(2), 258), CONVERT(int, 0x0102), CONVERT(varbinary(8), CAST(1 AS bigint)), CONVERT(varbinary(4), N'ab')
--> 0x00000001 | 0x0102 | 258 | 0x0000000000000001 | 0x61006200
SELECT CONVERT(binary(2), 0x010203), CONVERT(binary(4), 0x0102), CONVERT(binary(2), 66051)
--> 0x0102 | 0x01020000 | 0x0203
SELECT CONVERT(int, 0xFFFFFFFF), CONVERT(smallint, 0x010203), CONVERT(bigint, 0xFF)
--> -1 | 515 | 255
SELECT CONVERT(float, 0x0102)
--! 529 16
SELECT CAST('abc' AS varbinary), CAST(0x616263 AS varchar(10)), CAST(0x610062 AS nvarchar(5))
--> 0x616263 | 'abc' | 'ab'

-- rule: t-sql/functions/cast-and-convert-transact-sql: texts without a length are 30 characters
SELECT LEN(CAST(REPLICATE('a', 50) AS varchar)), LEN(CONVERT(char, 'a') + '|'), LEN(CAST(REPLICATE(N'a', 50) AS nvarchar))
--> 30 | 31 | 30
-- rule: t-sql/functions/cast-and-convert-transact-sql#truncate-and-round-results: a too long text is cut
SELECT CAST('abcdef' AS varchar(3)), CAST(N'abcdef' AS nchar(2)), CAST('ab' AS char(4)) + '|'
--> 'abc' | 'ab' | 'ab  |'
-- rule: t-sql/functions/cast-and-convert-transact-sql#truncate-and-round-results: an integer that does not fit a text is *, or an error in nchar and nvarchar
SELECT CAST(12345 AS varchar(3)), CAST(123 AS char(2)), CAST(CAST(300 AS smallint) AS varchar(2))
--> '*' | '* ' | '*'
SELECT CAST(12345 AS nvarchar(3))
--! 8115 16
SELECT CAST(123.45 AS varchar(3))
--! 8115 16
SELECT CAST(CAST(123 AS money) AS varchar(3))
--! 234 16
SELECT CAST(123.456e0 AS varchar(3))
--! 232 16
SELECT CAST(CAST('2024-01-01' AS datetime) AS varchar(5))
--> 'Jan  '
SELECT CAST(NEWID() AS varchar(10))
--! 8170 16
-- rule: t-sql/functions/cast-and-convert-transact-sql#truncate-and-round-results: decimals are cut to int, rounded to money and decimal
SELECT CAST(10.6496 AS int), CAST(-10.6496 AS int), CAST(10.3496847 AS money), CAST(10.6496 AS decimal(4, 1)), CAST(10.5 AS decimal(2, 0))
--> 10 | -10 | 10.3497 | 10.6 | 11
SELECT CAST(CAST(2.5 AS money) AS int), CAST(CAST(-2.5 AS money) AS int), CAST(2.9e0 AS int), CAST(-2.9e0 AS int), CAST(2.5e0 AS decimal(1, 0))
--> 3 | -3 | 2 | -2 | 3
-- rule: t-sql/data-types/bit-transact-sql: every number but 0 is 1; the texts TRUE and FALSE
SELECT CAST(5 AS bit), CAST(0 AS bit), CAST(0.1 AS bit), CAST('true' AS bit), CAST('FALSE' AS bit), CAST('0' AS bit), CAST('2' AS bit)
--> 1 | 0 | 1 | 1 | 0 | 0 | 1
SELECT CAST('yes' AS bit)
--! 245 16
SELECT CAST(1.5e0 AS bit), CAST(-1 AS bit), CAST('' AS bit)
--> 1 | 1 | 0

-- rule: relational-databases/errors-events/mssqlserver-245-database-engine-error: text that is no number fails with its value
SELECT CAST('abc' AS int)
--! 245 16 1
SELECT CAST('1.5' AS int)
--! 245 16 1
SELECT CAST('' AS int), CAST('  12 ' AS int), CAST('+5' AS int), CAST('-' AS int)
--> 0 | 12 | 5 | 0
-- rule: t-sql/data-types/data-type-conversion-database-engine: overflow of a text is 248 for int, 8115 for bigint, 244 for smaller ones
SELECT CAST('99999999999' AS int)
--! 248 16
SELECT CAST('99999' AS smallint)
--! 244 16
SELECT CAST('300' AS tinyint)
--! 244 16
SELECT CAST('99999999999999999999' AS bigint)
--! 8115 16
SELECT CAST('abc' AS bigint)
--! 8114 16
SELECT CAST('abc' AS float)
--! 8114 16
SELECT CAST('abc' AS decimal(5, 2))
--! 8114 16
SELECT CAST('' AS decimal(5, 2))
--! 8114 16
SELECT CAST('' AS float), CAST('1e3' AS float), CAST(' 1.5 ' AS float)
--> 0 | 1000 | 1.5
SELECT CAST('abc' AS money)
--! 235 16
SELECT CAST('$1,234.50' AS money), CAST('' AS money), CAST('(5)' AS money), CAST('-$5' AS money)
--> 1234.5000 | 0.0000 | -5.0000 | -5.0000
SELECT CAST('123456' AS decimal(5, 2))
--! 8115 16
SELECT CAST('1.005' AS decimal(5, 2)), CAST('-1.005' AS decimal(5, 2))
--> 1.01 | -1.01
SELECT CAST(300 AS tinyint)
--! 220 16
SELECT CAST(-1 AS tinyint)
--! 220 16
SELECT CAST(40000 AS smallint)
--! 220 16
SELECT CAST(3000000000 AS int)
--! 8115 16
SELECT CAST(CAST(3000000000 AS bigint) AS int)
--! 8115 16
SELECT CAST(1e20 AS bigint)
--! 8115 16
SELECT CAST(1e10 AS int)
--! 232 16
SELECT CAST(1e10 AS smallint)
--! 232 16
SELECT CAST(1000 AS decimal(3, 0))
--! 8115 16
SELECT CAST(300000 AS smallmoney)
--! 8115 16
SELECT CAST('not a date' AS date)
--! 241 16
SELECT CAST('2024-13-01' AS datetime)
--! 242 16
SELECT CAST('2024-13-01' AS date)
--! 241 16
SELECT CAST('not-a-guid' AS uniqueidentifier)
--! 8169 16
SELECT CAST(1 AS uniqueidentifier)
--! 529 16
SELECT CAST('6F9619FF-8B86-D011-B42D-00C04FC964FF and more' AS uniqueidentifier), CAST('{6F9619FF-8B86-D011-B42D-00C04FC964FF}' AS uniqueidentifier)
--> 6F9619FF-8B86-D011-B42D-00C04FC964FF | 6F9619FF-8B86-D011-B42D-00C04FC964FF
SELECT CAST(CAST('6F9619FF-8B86-D011-B42D-00C04FC964FF' AS uniqueidentifier) AS binary(16)), CAST(0xFF19966F868B11D0B42D00C04FC964FF AS uniqueidentifier)
--> 0xFF19966F868B11D0B42D00C04FC964FF | 6F9619FF-8B86-D011-B42D-00C04FC964FF
-- rule: t-sql/functions/cast-and-convert-transact-sql#implicit-conversions: pairs of types that do not convert
SELECT CAST(CAST('2024-01-01' AS date) AS int)
--! 529 16
SELECT CAST(CAST('2024-01-01' AS datetime) AS int), CAST(1.5 AS datetime), CAST(0 AS smalldatetime)
--> 45290 | 1900-01-02T12:00:00.000 | 1900-01-01T00:00:00
SELECT CAST(1 AS date)
--! 529 16
SELECT CAST(1.5 AS xml)
--! 529 16
SELECT CAST(CAST('a' AS text) AS int)
--! 529 16
DECLARE @d date = 1
--! 206 16
DECLARE @x varbinary(5) = 'a'
--! 257 16
DECLARE @m varchar(10) = CAST(1 AS sql_variant)
--! 257 16
SELECT 1 WHERE CAST('2024-01-01' AS date) = 1
--! 206 16
SELECT 1 WHERE CAST('a' AS text) = 'a'
--! 402 16
SELECT 1 WHERE CAST('<a/>' AS xml) = '<a/>'
--! 402 16
-- rule: t-sql/functions/try-cast-transact-sql: NULL where the value does not convert
SELECT TRY_CAST('abc' AS int), TRY_CAST('12' AS int), TRY_CAST('2024-02-30' AS date), TRY_CAST(300 AS tinyint)
--> NULL | 12 | NULL | NULL
-- rule: t-sql/functions/try-cast-transact-sql: types that never convert still are an error
SELECT TRY_CAST(4 AS xml)
--! 529 16
-- rule: t-sql/functions/try-convert-transact-sql: as TRY_CAST, with a style
SELECT TRY_CONVERT(datetime, '31/12/2010', 103), TRY_CONVERT(datetime, '31/12/2010', 101), TRY_CONVERT(float, 'test')
--> 2010-12-31T00:00:00.000 | NULL | NULL
SELECT CONVERT(int, NULL), CAST(NULL AS date), CONVERT(varchar(10), GETDATE(), NULL)
--> NULL | NULL | NULL
-- rule: t-sql/functions/try-parse-transact-sql: NULL where the text does not parse
SELECT TRY_PARSE('Jabberwokkie' AS datetime2 USING 'en-US'), TRY_PARSE('5' AS int), TRY_PARSE('x' AS int)
--> NULL | 5 | NULL

-- rule: t-sql/data-types/data-type-precedence-transact-sql: the operand of lower precedence is converted
SELECT 1 + '2' AS a, 1 + 1.5 AS b, 1.5 + 1e0 AS c
--= a int | b numeric(3,1) | c float
--> 3 | 2.5 | 2.5
SELECT CAST(1 AS tinyint) + CAST(1 AS smallint) AS a, CAST(1 AS bigint) + 1 AS b, CAST(1 AS money) + 1.5 AS c, CAST(1 AS real) + 1 AS d
--= a smallint | b bigint | c numeric(20,4) | d real
--> 2 | 2 | 2.5000 | 2
SELECT CAST(1 AS money) + 1 AS a, CAST(1 AS smallmoney) + CAST(1 AS money) AS b, CAST(1 AS bit) + 1 AS c
--= a money | b money | c int
--> 2.0000 | 2.0000 | 2
SELECT 1 WHERE '10' = 10 AND '9' < 10
--> 1
SELECT 1 WHERE '2024-01-01' = CAST('20240101' AS date)
--> 1
SELECT 'a' + 1
--! 245 16
SELECT '1.5' + 1
--! 245 16
SELECT '1.5' + 1.0
--> 2.5
SELECT '1' + '1'
--> '11'
SELECT '5' - '2'
--! 8117 16
SELECT 'a' * 2
--! 245 16
SELECT NULL + 1, 1 + NULL
--> NULL | NULL
-- rule: t-sql/data-types/precision-scale-and-length-transact-sql: of +, scale max(s1, s2), precision max(p1-s1, p2-s2) + scale + 1
SELECT CAST(1 AS decimal(5, 2)) + CAST(1 AS decimal(7, 4)) AS r
--= r numeric(8,4)
--> 2.0000
SELECT CAST(1 AS decimal(5, 2)) - CAST(1 AS decimal(5, 2)) AS r
--= r numeric(6,2)
--> 0.00
-- rule: t-sql/data-types/precision-scale-and-length-transact-sql: of *, precision p1 + p2 + 1, scale s1 + s2
SELECT CAST(2 AS decimal(5, 2)) * CAST(3 AS decimal(7, 4)) AS r
--= r numeric(13,6)
--> 6.000000
-- rule: t-sql/data-types/precision-scale-and-length-transact-sql: of /, scale max(6, s1 + p2 + 1), precision p1 - s1 + s2 + scale
SELECT CAST(1 AS decimal(5, 2)) / CAST(3 AS decimal(7, 4)) AS r
--= r numeric(17,10)
--> 0.3333333333
SELECT 1.0 / 3 AS r
--= r numeric(7,6)
--> 0.333333
-- rule: t-sql/data-types/precision-scale-and-length-transact-sql: of %, scale max(s1, s2), precision min(p1-s1, p2-s2) + scale
SELECT CAST(7.5 AS decimal(5, 2)) % CAST(2 AS decimal(7, 4)) AS r
--= r numeric(7,4)
--> 1.5000
-- rule: t-sql/data-types/precision-scale-and-length-transact-sql: over 38 digits the scale gives way, down to 6 for multiplication and division
SELECT CAST(1 AS decimal(38, 10)) * CAST(1 AS decimal(38, 10)) AS r
--= r numeric(38,6)
--> 1.000000
SELECT CAST(1 AS decimal(38, 20)) / CAST(3 AS decimal(38, 20)) AS r
--= r numeric(38,6)
--> 0.333333
SELECT CAST(1 AS decimal(38, 10)) + CAST(1 AS decimal(38, 2)) AS r
--= r numeric(38,2)
--> 2.00
SELECT CAST(0.0000009 AS decimal(30, 20)) * CAST(1 AS decimal(30, 20)) AS r
--= r numeric(38,17)
--> 0.00000090000000000
-- rule: t-sql/data-types/decimal-and-numeric-transact-sql: a result out of range is 8115
SELECT CAST(99999999999999999999999999999999999999 AS decimal(38, 0)) + 1
--! 8115 16
SELECT CAST(99999999999999999999999999999999999999 AS decimal(38, 0)) * 10
--! 8115 16
SELECT CAST(1 AS decimal(39, 0))
--! 2750 16
SELECT CAST(1 AS decimal(5, 6))
--! 192 15
-- rule: t-sql/data-types/constants-transact-sql: the type of a number is that of its digits
SELECT 1 AS a, 2147483648 AS b, 1.50 AS c, 1e0 AS d, $1 AS e, 0x01 AS f, -5 AS g
--= a int | b numeric(10,0) | c numeric(3,2) | d float | e money | f varbinary(1) | g int
--> 1 | 2147483648 | 1.50 | 1 | 1.0000 | 0x01 | -5
SELECT 'ab' AS a, N'ab' AS b, '' AS c
--= a varchar(2) | b nvarchar(2) | c varchar(1)
--> 'ab' | 'ab' | ''
-- rule: t-sql/language-elements/divide-transact-sql: integers divide to an integer, without the fraction
SELECT 7 / 2, -7 / 2, 7 % 3, -7 % 3, 7 / 2.0
--> 3 | -3 | 1 | -1 | 3.500000
SELECT 1 % 0
--! 8134 16
SELECT 1.0 / 0, 1
--! 8134 16
SELECT 1e0 / 0
--! 8134 16
-- rule: t-sql/language-elements/modulo-transact-sql: float is no operand of it
SELECT 5e0 % 2
--! 402 16
-- rule: t-sql/language-elements/add-transact-sql: more than an int is an error
SELECT 2147483647 + 1
--! 8115 16 2
SELECT CAST(255 AS tinyint) + CAST(1 AS tinyint)
--! 8115 16 2
SELECT CAST(9223372036854775807 AS bigint) + 1
--! 8115 16 2
SELECT -CAST(-2147483648 AS int)
--! 8115 16 2
-- rule: t-sql/data-types/money-and-smallmoney-transact-sql: arithmetic in ten-thousandths
SELECT CAST(1 AS money) / 3, CAST(10 AS money) / CAST(3 AS money) * 3, CAST(0.33335 AS money)
--> 0.3333 | 9.9999 | 0.3334
SELECT CAST(922337203685477.5807 AS money) + 1
--! 8115 16
-- rule: t-sql/language-elements/unary-operators-negative: bits, signs and complement
SELECT ~5, ~CAST(1 AS bit), ~CAST(0 AS tinyint), - -5, +5
--> -6 | 0 | 255 | 5 | 5
SELECT 170 & 75, 170 | 75, 170 ^ 75, CAST(1 AS bit) & 0
--> 10 | 235 | 225 | 0
SELECT 1.5 & 1
--! 402 16
SELECT 1 & NULL
--> NULL
-- rule: t-sql/language-elements/operator-precedence-transact-sql: products before sums, sums before bits
SELECT 2 * 4 + 5, 2 * (4 + 5), 1 + 2 & 3, -2 + 3 * 2, 10 - 4 - 3, ~1 + 1
--> 13 | 18 | 3 | 4 | 3 | -1
-- rule: t-sql/data-types/sql-variant-transact-sql: a value with its own type
SELECT SQL_VARIANT_PROPERTY(CAST(1.50 AS sql_variant), 'BaseType'), SQL_VARIANT_PROPERTY(CAST(1.50 AS sql_variant), 'Precision'), SQL_VARIANT_PROPERTY(CAST(1.50 AS sql_variant), 'Scale'), SQL_VARIANT_PROPERTY('abc', 'MaxLength')
--> numeric | 3 | 2 | 3
SELECT CAST(CAST(5 AS sql_variant) AS int) + 1
--> 6
SELECT CAST(5 AS sql_variant) + 1
--! 8117 16
-- rule: t-sql/data-types/sql-variant-transact-sql: values of another type family compare by the family
SELECT IIF(CAST('123' AS sql_variant) < CAST(111 AS sql_variant), 'less', 'more'), IIF(CAST(1 AS sql_variant) = CAST(1.0 AS sql_variant), 'same', 'other')
--> 'less' | 'same'
-- rule: t-sql/data-types/float-and-real-transact-sql: float(1) to float(24) are real
SELECT CAST(1.1 AS float(24)) AS a, CAST(1.1 AS float(25)) AS b
--= a real | b float
--> 1.1 | 1.1
SELECT CAST(1 AS float(54))
--! 2750 16
SELECT CAST(1e308 AS float) * 10
--! 8115 16
SELECT CAST(1e39 AS real)
--! 8115 16
-- rule: t-sql/data-types/char-and-varchar-transact-sql: lengths up to 8000
SELECT CAST('a' AS varchar(8001))
--! 131 15
SELECT CAST('a' AS nvarchar(4001))
--! 131 15
SELECT CAST('a' AS varchar(0))
--! 1001 15
SELECT CAST('a' AS no_such_type)
--! 243 16
-- rule: t-sql/data-types/nchar-and-nvarchar-transact-sql: characters that the code page has not become question marks
SELECT CAST(N'漢字' AS varchar(10)), '漢'
--> '??' | '?'
