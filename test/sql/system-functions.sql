-- rule: t-sql/functions/isnumeric-transact-sql: 1 for what converts to a numeric type, signs and currencies too
SELECT ISNUMERIC('12'), ISNUMERIC('1e5'), ISNUMERIC('$1,000'), ISNUMERIC('-'), ISNUMERIC('abc'), ISNUMERIC(''), ISNUMERIC(NULL), ISNUMERIC(1.5)
--> 1 | 1 | 1 | 1 | 0 | 0 | 0 | 1
-- rule: t-sql/functions/parsename-transact-sql: parts of a name, from the right
SELECT PARSENAME('AdventureWorks.dbo.Person', 1), PARSENAME('AdventureWorks.dbo.Person', 2), PARSENAME('AdventureWorks.dbo.Person', 3), PARSENAME('AdventureWorks.dbo.Person', 4)
--> 'Person' | 'dbo' | 'AdventureWorks' | NULL
SELECT PARSENAME('[a.b].c', 2), PARSENAME('a.b.c.d.e', 1), PARSENAME('a', 5)
--> 'a.b' | NULL | NULL
-- rule: t-sql/functions/rowcount-big-transact-sql: as @@ROWCOUNT, in bigint
SELECT v FROM (VALUES (1), (2)) t(v); SELECT ROWCOUNT_BIG() AS n
--= v int
--> 1
--> 2
--= n bigint
--> 2
SELECT 1; SELECT @@ROWCOUNT, @@ERROR
--> 1
--> 1 | 0
-- rule: t-sql/functions/newid-transact-sql: another one each time
SELECT COUNT(DISTINCT NEWID()) FROM GENERATE_SERIES(1, 10)
--> 10
-- rule: t-sql/functions/session-context-transact-sql: what sp_set_session_context kept
EXEC sp_set_session_context 'user_id', 4; SELECT CAST(SESSION_CONTEXT(N'user_id') AS int), SESSION_CONTEXT(N'none')
--> 4 | NULL
EXEC sp_set_session_context 'k', 1, @read_only = 1; EXEC sp_set_session_context 'k', 2
--! 15664 16
-- rule: t-sql/functions/context-info-transact-sql: what SET CONTEXT_INFO kept, 128 bytes
SET CONTEXT_INFO 0x0102; SELECT SUBSTRING(CONTEXT_INFO(), 1, 2), DATALENGTH(CONTEXT_INFO())
--> 0x0102 | 128
-- rule: t-sql/functions/hashbytes-transact-sql: the hash of the bytes
SELECT HASHBYTES('MD5', 'abc'), HASHBYTES('SHA1', 'abc')
--> 0x900150983CD24FB0D6963F7D28E17F72 | 0xA9993E364706816ABA3E25717850C26C9CD0D89D
SELECT HASHBYTES('SHA2_256', 'abc')
--> 0xBA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD
SELECT HASHBYTES('NONE', 'abc')
--> NULL
SELECT HASHBYTES('MD5', N'abc')
--> 0xCE1473CF80C6B3FDA8E3DFC006ADC315
SELECT DATALENGTH(HASHBYTES('SHA2_512', 'abc')), HASHBYTES('MD5', CAST(NULL AS varchar(5)))
--> 64 | NULL
-- rule: t-sql/functions/checksum-transact-sql: the same for equal lists
SELECT IIF(CHECKSUM('abc', 1) = CHECKSUM('ABC', 1), 'same', 'other'), IIF(BINARY_CHECKSUM('abc') = BINARY_CHECKSUM('ABC'), 'same', 'other')
--> 'same' | 'other'
-- rule: t-sql/functions/compress-transact-sql: GZIP, undone by DECOMPRESS
SELECT CAST(DECOMPRESS(COMPRESS('some text')) AS varchar(max)), SUBSTRING(COMPRESS('x'), 1, 2), COMPRESS(NULL)
--> 'some text' | 0x1F8B | NULL
-- rule: t-sql/functions/error-number-transact-sql: what was caught; NULL outside CATCH
SELECT ERROR_NUMBER(), ERROR_MESSAGE(), ERROR_LINE(), ERROR_PROCEDURE(), ERROR_SEVERITY(), ERROR_STATE()
--> NULL | NULL | NULL | NULL | NULL | NULL
BEGIN TRY SELECT 1 / 0 AS a END TRY BEGIN CATCH SELECT ERROR_NUMBER(), ERROR_MESSAGE(), ERROR_SEVERITY(), ERROR_STATE(), ERROR_LINE(), ERROR_PROCEDURE() END CATCH
--> 8134 | 'Divide by zero error encountered.' | 16 | 1 | 1 | NULL
BEGIN TRY THROW 50001, 'mine', 7 END TRY BEGIN CATCH SELECT ERROR_NUMBER(), ERROR_MESSAGE(), ERROR_SEVERITY(), ERROR_STATE() END CATCH
--> 50001 | 'mine' | 16 | 7
-- rule: t-sql/functions/formatmessage-transact-sql: a text with its places filled
SELECT FORMATMESSAGE('This is the %s and this is the %d.', 'first variable', 2), FORMATMESSAGE('%5d|%-5d|%05d', 42, 42, 42)
--> 'This is the first variable and this is the 2.' | '   42|42   |00042'
SELECT FORMATMESSAGE('%x %X %o %i %u', 255, 255, 8, -1, 5), FORMATMESSAGE('100%%'), FORMATMESSAGE('%.3s|%5s', 'abcdef', 'ab')
--> 'ff FF 10 -1 5' | '100%' | 'abc|   ab'
-- rule: t-sql/functions/db-name-transact-sql: the current database
SELECT DB_NAME(), DB_NAME(DB_ID('master')), DB_ID('no such database'), DB_NAME(9999)
--> 'Sample' | 'master' | NULL | NULL
-- rule: t-sql/functions/object-id-transact-sql: NULL for what is not there
SELECT OBJECT_NAME(OBJECT_ID('Sales.Customers')), OBJECT_SCHEMA_NAME(OBJECT_ID('Sales.Customers')), OBJECT_ID('Sales.Nope'), OBJECT_ID('Sales.Customers', 'V')
--> 'Customers' | 'Sales' | NULL | NULL
SELECT SCHEMA_NAME(), SCHEMA_ID('dbo'), SCHEMA_NAME(1), TYPE_NAME(TYPE_ID('int')), TYPE_ID('nope')
--> 'dbo' | 1 | 'dbo' | 'int' | NULL
SELECT COL_LENGTH('Sales.Customers', 'Name'), COL_LENGTH('Sales.Customers', 'Nope')
--> 120 | NULL
SELECT SUSER_SNAME(), USER_NAME(), ORIGINAL_LOGIN(), CURRENT_USER, SYSTEM_USER
--> 'sa' | 'dbo' | 'sa' | 'dbo' | 'sa'
SELECT @@TRANCOUNT, XACT_STATE(), @@NESTLEVEL, @@LANGUAGE, @@DATEFIRST
--> 0 | 0 | 0 | 'us_english' | 7
BEGIN TRAN; SELECT @@TRANCOUNT, XACT_STATE(); ROLLBACK
--> 1 | 1
-- rule: t-sql/functions/functions: a function of another number of arguments is refused
SELECT LEN()
--! 174 15
SELECT UPPER('a', 'b')
--! 174 15
SELECT GETDATE(1)
--! 174 15
SELECT dbo.NoSuchFunction(1)
--! 4121 16
SELECT nope()
--! 195 15 10
