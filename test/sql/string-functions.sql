-- rule: t-sql/functions/ascii-transact-sql: the code of the first character of the text
SELECT ASCII('A'), ASCII('abc')
--> 65 | 97
SELECT ASCII('')
--> NULL
SELECT ASCII(NULL)
--> NULL
SELECT ASCII(12)
--> 49

-- rule: t-sql/functions/char-transact-sql: the character of a code from 0 to 255, NULL for any other
SELECT CHAR(65), CHAR(97)
--> 'A' | 'a'
SELECT CHAR(256), CHAR(-1)
--> NULL | NULL
SELECT CHAR(65) AS c
--= c char(1)
--> 'A'

-- rule: t-sql/functions/nchar-transact-sql: the character of a Unicode code; without an _SC collation 0 to 65535
SELECT NCHAR(8364), UNICODE(NCHAR(8364))
--> '€' | 8364
SELECT NCHAR(65536), NCHAR(-1)
--> NULL | NULL
SELECT NCHAR(65) AS c
--= c nchar(1)
--> 'A'

-- rule: t-sql/functions/unicode-transact-sql: the code of the first character
SELECT UNICODE(N'Åkergatan 24'), UNICODE('a')
--> 197 | 97
SELECT UNICODE(N'')
--> NULL

-- rule: t-sql/functions/charindex-transact-sql: the place of one text in another, from 1; 0 where it is not
SELECT CHARINDEX('is', 'This is a string')
--> 3
SELECT CHARINDEX('is', 'This is a string', 4)
--> 6
SELECT CHARINDEX('x', 'This')
--> 0
-- rule: t-sql/functions/charindex-transact-sql: NULL in an argument gives NULL
SELECT CHARINDEX(NULL, 'a'), CHARINDEX('a', NULL)
--> NULL | NULL
-- rule: t-sql/functions/charindex-transact-sql: a start of zero or less is the beginning
SELECT CHARINDEX('a', 'abca', 0), CHARINDEX('a', 'abca', -5)
--> 1 | 1
-- rule: t-sql/functions/charindex-transact-sql: comparisons follow the collation of the input
SELECT CHARINDEX('TEST', 'Das ist ein Test' COLLATE Latin1_General_CS_AS), CHARINDEX('Test', 'Das ist ein Test' COLLATE Latin1_General_CS_AS)
--> 0 | 13
SELECT CHARINDEX('TEST', 'Das ist ein Test' COLLATE Latin1_General_CI_AS)
--> 13
-- rule: t-sql/functions/charindex-transact-sql: bigint for a (max) text, else int
SELECT CHARINDEX('a', CAST('ba' AS varchar(max))) AS p
--= p bigint
--> 2
SELECT CHARINDEX('a', 'ba') AS p
--= p int
--> 2

-- rule: t-sql/functions/concat-transact-sql: NULLs are empty strings
SELECT CONCAT('Happy ', 'Birthday ', 11, '/', '25')
--> 'Happy Birthday 11/25'
SELECT CONCAT('Name', NULL, 'Lastname')
--> 'NameLastname'
-- rule: t-sql/functions/concat-transact-sql: all NULL gives an empty string
SELECT CONCAT(CAST(NULL AS varchar(5)), CAST(NULL AS varchar(5)))
--> ''
-- rule: t-sql/functions/concat-transact-sql: at least two arguments
SELECT CONCAT('a')
--! 189 15
-- rule: t-sql/functions/concat-transact-sql: nvarchar when an argument is
SELECT CONCAT('a', N'b') AS c
--= c nvarchar(2)
--> 'ab'
SELECT CONCAT('a', CAST('b' AS varchar(max))) AS c
--= c varchar(max)
--> 'ab'

-- rule: t-sql/functions/concat-ws-transact-sql: the first argument stands between the others, NULLs are left out
SELECT CONCAT_WS(' - ', 1, 'compat', 2)
--> '1 - compat - 2'
SELECT CONCAT_WS(',', '1 Microsoft Way', NULL, NULL, 'Redmond', 'WA', 98052)
--> '1 Microsoft Way,Redmond,WA,98052'
-- rule: t-sql/functions/concat-ws-transact-sql: empty strings are kept
SELECT CONCAT_WS(',', 'a', '', 'b')
--> 'a,,b'
-- rule: t-sql/functions/concat-ws-transact-sql: a NULL separator is empty
SELECT CONCAT_WS(NULL, 'a', 'b')
--> 'ab'
-- rule: t-sql/functions/concat-ws-transact-sql: all NULL gives an empty string
SELECT CONCAT_WS(',', NULL, NULL)
--> ''
SELECT CONCAT_WS(',', 'a')
--! 189 15

-- rule: t-sql/functions/difference-transact-sql: 0 to 4, 4 for the same SOUNDEX
SELECT SOUNDEX('Green'), SOUNDEX('Greene'), DIFFERENCE('Green', 'Greene')
--> 'G650' | 'G650' | 4
SELECT SOUNDEX('Blotchet-Halls'), SOUNDEX('Greene'), DIFFERENCE('Blotchet-Halls', 'Greene')
--> 'B432' | 'G650' | 0
-- rule: t-sql/functions/soundex-transact-sql: a letter and three digits
SELECT SOUNDEX('Smith'), SOUNDEX('Smythe')
--> 'S530' | 'S530'
-- rule: t-sql/functions/soundex-transact-sql: text that begins with no letter is 0000
SELECT SOUNDEX(''), SOUNDEX('1a')
--> '0000' | '0000'
-- rule: t-sql/functions/soundex-transact-sql: H and W do not separate letters of the same code
SELECT SOUNDEX('Pfister'), SOUNDEX('Ashcraft'), SOUNDEX('Tymczak')
--> 'P236' | 'A261' | 'T522'
SELECT DIFFERENCE(NULL, 'a')
--> NULL

-- rule: t-sql/functions/left-transact-sql: the first characters
SELECT LEFT('abcdefg', 2), LEFT('ab', 5), LEFT('ab', 0)
--> 'ab' | 'ab' | ''
SELECT LEFT('abcdefg', 2) AS t
--= t varchar(2)
--> 'ab'
-- rule: t-sql/functions/left-transact-sql: a negative length is an error
SELECT LEFT('abc', -1)
--! 537 16
SELECT LEFT(NULL, 2), LEFT('a', NULL)
--> NULL | NULL
-- rule: t-sql/functions/right-transact-sql: the last characters
SELECT RIGHT('abcdefg', 2), RIGHT('ab', 5), RIGHT('ab', 0)
--> 'fg' | 'ab' | ''
SELECT RIGHT('abc', -1)
--! 536 16
SELECT RIGHT(12345, 2)
--> '45'

-- rule: t-sql/functions/len-transact-sql: trailing spaces are not counted
SELECT LEN('ab  '), LEN(N''), LEN('   '), LEN('  a')
--> 2 | 0 | 0 | 3
SELECT LEN(NULL)
--> NULL
-- rule: t-sql/functions/len-transact-sql: other blanks are counted
SELECT LEN('ab' + CHAR(9)), LEN('ab' + CHAR(10))
--> 3 | 3
-- rule: t-sql/functions/len-transact-sql: bigint for varchar(max), nvarchar(max) and varbinary(max), else int
SELECT LEN(CAST('abc' AS nvarchar(max))) AS n
--= n bigint
--> 3
SELECT LEN('abc') AS n
--= n int
--> 3
SELECT LEN(CAST('a' AS text))
--! 8116 16
-- rule: t-sql/functions/len-transact-sql: of a number, the characters of its text
SELECT LEN(12345), LEN(-1.50), LEN(0x0102)
--> 5 | 5 | 2
-- rule: t-sql/functions/len-transact-sql: a character beyond the basic plane is two without an _SC collation
SELECT LEN(N'😀'), LEN(N'😀' COLLATE Latin1_General_100_CI_AS_SC)
--> 2 | 1
-- rule: t-sql/functions/datalength-transact-sql: bytes, with trailing spaces
SELECT DATALENGTH('ab  '), DATALENGTH(N'ab  '), DATALENGTH('')
--> 4 | 8 | 0
SELECT DATALENGTH(1), DATALENGTH(CAST(1 AS bigint)), DATALENGTH(CAST(1 AS smallint)), DATALENGTH(CAST(1 AS tinyint))
--> 4 | 8 | 2 | 1
SELECT DATALENGTH(CAST('a' AS char(10))), DATALENGTH(CAST('a' AS nchar(10)))
--> 10 | 20
SELECT DATALENGTH(CAST(1 AS decimal(9, 2))), DATALENGTH(CAST(1 AS money)), DATALENGTH(CAST(1 AS smallmoney))
--> 5 | 8 | 4
SELECT DATALENGTH(CAST('2020-01-01' AS date)), DATALENGTH(CAST('2020-01-01' AS datetime)), DATALENGTH(CAST('2020-01-01' AS smalldatetime)), DATALENGTH(CAST('2020-01-01' AS datetime2(7))), DATALENGTH(CAST('2020-01-01' AS datetimeoffset(7)))
--> 3 | 8 | 4 | 8 | 10
SELECT DATALENGTH(NEWID()), DATALENGTH(CAST(1 AS float)), DATALENGTH(CAST(1 AS real)), DATALENGTH(CAST(1 AS bit))
--> 16 | 8 | 4 | 1
SELECT DATALENGTH(NULL)
--> NULL
SELECT DATALENGTH(CAST('abc' AS varchar(max))) AS n
--= n bigint
--> 3

-- rule: t-sql/functions/lower-transact-sql: small letters
SELECT LOWER('ABC Def 1'), LOWER(N'ÅÄÖ')
--> 'abc def 1' | 'åäö'
-- rule: t-sql/functions/upper-transact-sql: capital letters
SELECT UPPER('abc Def 1'), UPPER(N'åäö'), UPPER(N'ß')
--> 'ABC DEF 1' | 'ÅÄÖ' | 'ß'
SELECT UPPER(NULL), LOWER(NULL)
--> NULL | NULL

-- rule: t-sql/functions/ltrim-transact-sql: spaces before the text are taken away
SELECT LTRIM('  ab  ')
--> 'ab  '
SELECT LTRIM('123abc.', '123')
--> 'abc.'
-- rule: t-sql/functions/rtrim-transact-sql: spaces behind the text are taken away
SELECT RTRIM('  ab  ')
--> '  ab'
SELECT RTRIM('.123abc.', 'abc.')
--> '.123'
-- rule: t-sql/functions/trim-transact-sql: of both sides, of blanks or of the given characters
SELECT TRIM('     test    ')
--> 'test'
SELECT TRIM('.,! ' FROM '     #     test    .')
--> '#     test'
SELECT TRIM(LEADING '.,! ' FROM '     .#     test    .')
--> '#     test    .'
SELECT TRIM(TRAILING '.,! ' FROM '.#     test    .')
--> '.#     test'
SELECT TRIM(BOTH '123' FROM '123abc123')
--> 'abc'
SELECT TRIM(NULL)
--> NULL
SELECT TRIM(CHAR(9) + 'a' + CHAR(9)) + '|'
--> '	a	|'

-- rule: t-sql/functions/patindex-transact-sql: the place where a pattern is first found
SELECT PATINDEX('%ter%', 'interesting data')
--> 3
SELECT PATINDEX('%en_ure%', 'Please ensure the door is locked!')
--> 8
SELECT PATINDEX('%[^ 0-9A-Za-z]%', 'Please ensure the door is locked!')
--> 33
-- rule: t-sql/functions/patindex-transact-sql: without % the pattern is the whole text
SELECT PATINDEX('ter', 'interesting'), PATINDEX('inter%', 'interesting'), PATINDEX('%ing', 'interesting')
--> 0 | 1 | 9
SELECT PATINDEX(NULL, 'a'), PATINDEX('%a%', NULL)
--> NULL | NULL
SELECT PATINDEX('%[x]%', 'abc')
--> 0
SELECT PATINDEX('%b%', CAST('abc' AS varchar(max))) AS p
--= p bigint
--> 2

-- rule: t-sql/functions/quotename-transact-sql: brackets unless other quotes are asked for, closing ones doubled
SELECT QUOTENAME('abc[]def')
--> '[abc[]]def]'
SELECT QUOTENAME('abc def', '"'), QUOTENAME('a''b', ''''), QUOTENAME('a', '('), QUOTENAME('a', '>'), QUOTENAME('a', '{')
--> '"abc def"' | '''a''''b''' | '(a)' | '<a>' | '{a}'
SELECT QUOTENAME('a', 'x')
--> NULL
-- rule: t-sql/functions/quotename-transact-sql: more than 128 characters give NULL
SELECT QUOTENAME(REPLICATE('a', 129)), LEN(QUOTENAME(REPLICATE('a', 128)))
--> NULL | 130
SELECT QUOTENAME('a') AS q
--= q nvarchar(258)
--> '[a]'

-- rule: t-sql/functions/replace-transact-sql: every occurrence is replaced
SELECT REPLACE('abcdefghicde', 'cde', 'xxx')
--> 'abxxxfghixxx'
SELECT REPLACE('abc', '', 'x'), REPLACE('aaa', 'a', '')
--> 'abc' | ''
SELECT REPLACE(NULL, 'a', 'b'), REPLACE('a', NULL, 'b'), REPLACE('a', 'b', NULL)
--> NULL | NULL | NULL
-- rule: t-sql/functions/replace-transact-sql: compared in the collation of the input
SELECT REPLACE('This is a Test', 'test', 'desk'), REPLACE('This is a Test' COLLATE Latin1_General_BIN, 'test', 'desk')
--> 'This is a desk' | 'This is a Test'
SELECT REPLACE('aaa', 'aa', 'b')
--> 'ba'

-- rule: t-sql/functions/replicate-transact-sql: a text several times
SELECT REPLICATE('0', 4) + '7', REPLICATE('ab', 3), REPLICATE('ab', 0)
--> '00007' | 'ababab' | ''
SELECT REPLICATE('a', -1), REPLICATE(NULL, 2), REPLICATE('a', NULL)
--> NULL | NULL | NULL
-- rule: t-sql/functions/replicate-transact-sql: cut at 8000 bytes unless the text is (max)
SELECT LEN(REPLICATE('ab', 5000)), LEN(REPLICATE(N'ab', 5000)), LEN(REPLICATE(CAST('ab' AS varchar(max)), 5000))
--> 8000 | 4000 | 10000

-- rule: t-sql/functions/reverse-transact-sql: the characters from the last to the first
SELECT REVERSE('Ken'), REVERSE(1234), REVERSE('')
--> 'neK' | '4321' | ''
SELECT REVERSE(NULL)
--> NULL

-- rule: t-sql/functions/space-transact-sql: so many spaces, NULL for a negative number
SELECT 'a' + SPACE(2) + 'b', DATALENGTH(SPACE(3)), SPACE(-1)
--> 'a  b' | 3 | NULL
SELECT DATALENGTH(SPACE(9000))
--> 8000

-- rule: t-sql/functions/str-transact-sql: right-aligned in a length of 10 and without decimals unless told
SELECT STR(123.45), STR(123.45, 6, 1), STR(123.45, 2, 2)
--> '       123' | ' 123.5' | '**'
SELECT STR(123.456, 10, 2), STR(-1.5, 5, 1), STR(FLOOR(123.45), 8, 3)
--> '    123.46' | ' -1.5' | ' 123.000'
SELECT STR(NULL), STR(1, -1)
--> NULL | NULL
-- rule: t-sql/functions/str-transact-sql: the decimals give way to the length
SELECT STR(123.456, 5, 3)
--> '123.5'

-- rule: t-sql/functions/string-agg-transact-sql: values joined, NULLs left out
SELECT STRING_AGG(v, ', ') WITHIN GROUP (ORDER BY v) FROM (VALUES ('b'), (NULL), ('a'), ('c')) t(v)
--> 'a, b, c'
SELECT STRING_AGG(v, ', ') WITHIN GROUP (ORDER BY v DESC) FROM (VALUES ('b'), ('a'), ('c')) t(v)
--> 'c, b, a'
SELECT g, STRING_AGG(CAST(v AS varchar(10)), '-') WITHIN GROUP (ORDER BY v) AS l FROM (VALUES (1, 10), (1, 9), (2, 8)) t(g, v) GROUP BY g ORDER BY g
--> 1 | '9-10'
--> 2 | '8'
-- rule: t-sql/functions/string-agg-transact-sql: no rows give NULL
SELECT STRING_AGG(v, ',') FROM (VALUES ('a')) t(v) WHERE v = 'b'
--> NULL
-- rule: t-sql/functions/string-agg-transact-sql: varchar(8000) or nvarchar(4000) for texts that are not (max), nvarchar(4000) for numbers
SELECT STRING_AGG(v, ',') AS l FROM (VALUES ('a')) t(v)
--= l varchar(8000)
--> 'a'
SELECT STRING_AGG(v, ',') AS l FROM (VALUES (1), (2)) t(v)
--= l nvarchar(4000)
--> '1,2'
SELECT STRING_AGG(CAST(v AS nvarchar(max)), N',') AS l FROM (VALUES ('a')) t(v)
--= l nvarchar(max)
--> 'a'
-- rule: t-sql/functions/string-agg-transact-sql: a result over 8000 bytes needs a (max) type
SELECT STRING_AGG(v, ',') FROM (SELECT REPLICATE('a', 5000) AS v UNION ALL SELECT REPLICATE('b', 5000)) t
--! 9829 16
-- rule: t-sql/functions/string-agg-transact-sql: the separator is a constant or a variable
SELECT STRING_AGG(v, v) FROM (VALUES ('a')) t(v)
--! 8733 16

-- rule: t-sql/functions/string-escape-transact-sql: special characters of JSON are escaped
SELECT STRING_ESCAPE('\   /  
\\    "     ', 'json')
--> '\\   \/  \n\\\\    \"     '
SELECT STRING_ESCAPE('a' + CHAR(9) + CHAR(1), 'json')
--> 'a\t\u0001'
SELECT STRING_ESCAPE(NULL, 'json')
--> NULL

-- rule: t-sql/functions/string-split-transact-sql: consecutive separators give empty strings
SELECT value FROM STRING_SPLIT('a,,b', ',')
--> 'a'
--> ''
--> 'b'
-- rule: t-sql/functions/string-split-transact-sql: a NULL text gives no row, an empty one an empty row
SELECT COUNT(*) FROM STRING_SPLIT(NULL, ',')
--> 0
SELECT COUNT(*) FROM STRING_SPLIT('', ',')
--> 1
-- rule: t-sql/functions/string-split-transact-sql: enable_ordinal adds the place of each
SELECT value, ordinal FROM STRING_SPLIT('x y', ' ', 1) ORDER BY ordinal DESC
--> 'y' | 2
--> 'x' | 1
SELECT * FROM STRING_SPLIT(N'x', ' ', 1)
--= value nvarchar(1) | ordinal bigint
--> 'x' | 1
SELECT ordinal FROM STRING_SPLIT('x y', ' ')
--! 207
SELECT * FROM STRING_SPLIT('x', ' ', 0)
--= value varchar(1)
--> 'x'
-- rule: t-sql/functions/string-split-transact-sql: the separator is one character
SELECT value FROM STRING_SPLIT('a', '')
--! 214 16
SELECT value FROM STRING_SPLIT('a', 'ab')
--! 214 16

-- rule: t-sql/functions/stuff-transact-sql: characters from a place on are replaced by others
SELECT STUFF('abcdef', 2, 3, 'ijklmn')
--> 'aijklmnef'
SELECT STUFF('abc', 2, 0, 'xx'), STUFF('abc', 2, 99, 'x'), STUFF('abc', 2, 1, NULL)
--> 'axxbc' | 'ax' | 'ac'
-- rule: t-sql/functions/stuff-transact-sql: a start of zero, less or behind the text, and a negative length, give NULL
SELECT STUFF('abc', 0, 1, 'x'), STUFF('abc', 4, 1, 'x'), STUFF('abc', -1, 1, 'x'), STUFF('abc', 1, -1, 'x')
--> NULL | NULL | NULL | NULL

-- rule: t-sql/functions/substring-transact-sql: from a place on, so many characters
SELECT SUBSTRING('abcdef', 2, 3), SUBSTRING('abcdef', 5, 10), SUBSTRING('abcdef', 9, 1)
--> 'bcd' | 'ef' | ''
-- rule: t-sql/functions/substring-transact-sql: a start below one counts places before the text
SELECT SUBSTRING('abcdef', 0, 3), SUBSTRING('abcdef', -1, 3), SUBSTRING('abcdef', -5, 3)
--> 'ab' | 'a' | ''
SELECT SUBSTRING('abc', 1, -1)
--! 537 16
SELECT SUBSTRING('abc', NULL, 1), SUBSTRING(CAST(NULL AS varchar(5)), 1, 1)
--> NULL | NULL
SELECT SUBSTRING(NULL, 1, 1)
--! 8116 16
SELECT SUBSTRING(0x010203, 2, 2) AS b
--= b varbinary(2)
--> 0x0203
SELECT SUBSTRING(123, 1, 1)
--! 8116 16

-- rule: t-sql/functions/translate-transact-sql: each character of the second argument becomes the one at its place in the third
SELECT TRANSLATE('2*[3+4]/{7-2}', '[]{}', '()()')
--> '2*(3+4)/(7-2)'
SELECT TRANSLATE('abcdef', 'abc', 'bcd')
--> 'bcddef'
SELECT TRANSLATE('abc', 'ab', 'x')
--! 9828 16
SELECT TRANSLATE(NULL, 'a', 'b'), TRANSLATE('a', NULL, 'b')
--> NULL | NULL

-- rule: t-sql/language-elements/string-concatenation-transact-sql: NULL with + gives NULL
SELECT 'a' + NULL, 'a' + '' + 'b'
--> NULL | 'ab'
-- rule: t-sql/language-elements/string-concatenation-transact-sql: a number makes it an addition
SELECT '1' + 2
--> 3
SELECT 'a' + 2
--! 245 16
-- rule: t-sql/language-elements/string-concatenation-transact-sql: cut at 8000 bytes unless one is (max)
SELECT LEN(REPLICATE('a', 8000) + 'b'), LEN(CAST(REPLICATE('a', 8000) AS varchar(max)) + 'b')
--> 8000 | 8001
SELECT CAST('a' AS char(3)) + 'b', CAST('a' AS nchar(2)) + CAST('b' AS char(2)) + '|'
--> 'a  b' | 'a b |'
SELECT 'ab' + N'c' AS t, 0x01 + 0x02 AS b
--= t nvarchar(3) | b varbinary(2)
--> 'abc' | 0x0102

-- rule: t-sql/functions/format-transact-sql: numbers by standard format strings and cultures
SELECT FORMAT(1234567.891, 'N', 'en-US'), FORMAT(1234567.891, 'N0', 'en-US'), FORMAT(1234567.891, 'N1', 'de-DE')
--> '1,234,567.89' | '1,234,568' | '1.234.567,9'
SELECT FORMAT(1234.5, 'C', 'en-US'), FORMAT(1234.5, 'C', 'en-GB'), FORMAT(1234.5, 'C', 'de-DE')
--> '$1,234.50' | '£1,234.50' | '1.234,50 €'
SELECT FORMAT(42, 'D5'), FORMAT(255, 'X'), FORMAT(255, 'x4')
--> '00042' | 'FF' | '00ff'
SELECT FORMAT(1234.5678, 'F2'), FORMAT(1234.5678, 'E2'), FORMAT(1234.5, 'G')
--> '1234.57' | '1.23E+003' | '1234.5'
-- rule: t-sql/functions/format-transact-sql: numbers by custom format strings
SELECT FORMAT(123456789, '###-##-####'), FORMAT(5, '000'), FORMAT(1234.5, '#,##0.00'), FORMAT(0.5, '0%'), FORMAT(-5, '0;(0);zero'), FORMAT(0, '0;(0);zero')
--> '123-45-6789' | '005' | '1,234.50' | '50%' | '(5)' | 'zero'
-- rule: t-sql/functions/format-transact-sql: dates by standard format strings
SELECT FORMAT(CAST('2018-01-01' AS date), N'd', 'en-US'), FORMAT(CAST('2018-01-01' AS date), N'd', 'en-GB'), FORMAT(CAST('2018-01-01' AS date), N'd', 'de-DE')
--> '1/1/2018' | '01/01/2018' | '01.01.2018'
SELECT FORMAT(CAST('2018-01-02' AS date), 'D', 'en-US'), FORMAT(CAST('2018-01-02' AS date), 'D', 'de-DE')
--> 'Tuesday, January 2, 2018' | 'Dienstag, 2. Januar 2018'
-- rule: t-sql/functions/format-transact-sql: dates by custom format strings
SELECT FORMAT(CAST('2018-01-02 15:04:05.678' AS datetime2), 'yyyy-MM-dd HH:mm:ss.fff')
--> '2018-01-02 15:04:05.678'
SELECT FORMAT(CAST('2018-01-02 15:04:05' AS datetime), 'ddd, dd MMM yy h:mm tt', 'en-US'), FORMAT(CAST('2018-01-02' AS date), 'MMMM dddd', 'en-US')
--> 'Tue, 02 Jan 18 3:04 PM' | 'January Tuesday'
-- rule: t-sql/functions/format-transact-sql: of time, colons and periods need an escape
SELECT FORMAT(CAST('07:35' AS time), N'hh:mm'), FORMAT(CAST('07:35' AS time), N'hh\:mm')
--> NULL | '07:35'
-- rule: t-sql/functions/format-transact-sql: a value that the format does not fit gives NULL
SELECT FORMAT(1.5, 'D')
--> NULL
SELECT FORMAT(NULL, 'N')
--! 8116 16
SELECT FORMAT(1, 'N', 'xx-not-a-culture')
--! 9818 16
-- rule: t-sql/functions/format-transact-sql: nvarchar(4000)
SELECT FORMAT(1, 'N0') AS f
--= f nvarchar(4000)
--> '1'
SELECT FORMAT('abc', 'N')
--! 8116 16

-- rule: t-sql/functions/string-functions-transact-sql: an unknown function is named
SELECT NO_SUCH_FUNCTION(1)
--! 195 15 10
