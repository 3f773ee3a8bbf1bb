-- rule: t-sql/language-elements/if-else-transact-sql: the statement behind IF runs when the condition is true, that behind ELSE when it is false or unknown
IF 1 = 1 SELECT 'yes' ELSE SELECT 'no'
--> 'yes'
IF 1 = 0 SELECT 'yes' ELSE SELECT 'no'
--> 'no'
IF NULL = NULL SELECT 'yes' ELSE SELECT 'unknown'
--> 'unknown'
IF NOT (NULL = 1) SELECT 'yes' ELSE SELECT 'unknown'
--> 'unknown'

-- rule: t-sql/language-elements/if-else-transact-sql: an ELSE belongs to the nearest IF
IF 1 = 0 IF 1 = 1 SELECT 'a' ELSE SELECT 'b'
--.
IF 1 = 1 IF 1 = 0 SELECT 'a' ELSE SELECT 'b'
--> 'b'

-- rule: t-sql/language-elements/if-else-transact-sql: only one statement belongs to it without BEGIN and END
IF 1 = 0 SELECT 'a'; SELECT 'b'
--> 'b'
IF 1 = 0 BEGIN SELECT 'a'; SELECT 'b' END; SELECT 'c'
--> 'c'

-- rule: t-sql/language-elements/if-else-transact-sql: a condition may be a query
IF EXISTS (SELECT 1 WHERE 1 = 0) SELECT 'some' ELSE SELECT 'none'
--> 'none'
IF (SELECT COUNT(*) FROM (VALUES (1), (2)) t(a)) > 1 SELECT 'many'
--> 'many'

-- rule: t-sql/language-elements/begin-end-transact-sql: a block has at least one statement
BEGIN END
--! 156 15

-- rule: t-sql/language-elements/while-transact-sql: it goes on while the condition is true
DECLARE @i int = 0; WHILE @i < 3 SET @i += 1; SELECT @i
--> 3
DECLARE @i int; WHILE @i < 3 SET @i += 1; SELECT @i
--> NULL

-- rule: t-sql/language-elements/break-transact-sql: BREAK leaves the innermost loop
DECLARE @i int = 0, @n int = 0; WHILE @i < 3 BEGIN SET @i += 1; WHILE 1 = 1 BEGIN SET @n += 1; BREAK; END END; SELECT @i, @n
--> 3 | 3

-- rule: t-sql/language-elements/continue-transact-sql: CONTINUE begins the next round
DECLARE @i int = 0, @odd int = 0; WHILE @i < 10 BEGIN SET @i += 1; IF @i % 2 = 0 CONTINUE; SET @odd += @i; END; SELECT @odd
--> 25

-- rule: t-sql/language-elements/return-transact-sql: RETURN ends the batch
SELECT 1; RETURN; SELECT 2
--> 1

-- rule: t-sql/language-elements/print-transact-sql: PRINT sends a message, and NULL prints as nothing
PRINT 'hello'
--? hello
PRINT 1 + 1
--? 2
PRINT CONCAT('a', NULL, 'b')
--? ab

-- rule: t-sql/language-elements/declare-local-variable-transact-sql: a variable is NULL until it is set
DECLARE @a int, @b varchar(3) = 'xyz'; SELECT @a, @b
--> NULL | 'xyz'

-- rule: t-sql/language-elements/declare-local-variable-transact-sql: a name is declared once in a batch
DECLARE @a int; DECLARE @a int
--! 134 15

-- rule: t-sql/language-elements/declare-local-variable-transact-sql: a variable lives in its batch
DECLARE @a int = 1
GO
SELECT @a
--! 137 15 2

-- rule: t-sql/language-elements/declare-local-variable-transact-sql: a text is cut to the length of its variable, which is 1 when none is given
DECLARE @a varchar(3) = 'abcdef', @b varchar = 'abc', @c char(5) = 'ab'; SELECT @a, @b, @c + '|'
--> 'abc' | 'a' | 'ab   |'

-- rule: t-sql/language-elements/set-local-variable-transact-sql: the operators with = change a variable by a value
DECLARE @a int = 10; SET @a += 5; SET @a -= 1; SET @a *= 2; SET @a /= 4; SET @a %= 5; SELECT @a
--> 2
DECLARE @a int = 12; SET @a &= 10; SELECT @a; SET @a |= 1; SELECT @a; SET @a ^= 3; SELECT @a
--> 8
--> 9
--> 10
DECLARE @s varchar(10) = 'a'; SET @s += 'b'; SELECT @s
--> 'ab'

-- rule: t-sql/language-elements/select-local-variable-transact-sql: SELECT sets it to the last row's value, and leaves it when there is no row
DECLARE @a int = 7; SELECT @a = v FROM (VALUES (1), (2)) t(v) WHERE v > 5; SELECT @a
--> 7
DECLARE @a int = 7; SELECT @a = MAX(v) FROM (VALUES (1), (2)) t(v) WHERE v > 5; SELECT @a
--> NULL
DECLARE @a int, @b int; SELECT @a = 1, @b = @a + 1; SELECT @a, @b
--> 1 | 2

-- rule: t-sql/language-elements/set-local-variable-transact-sql: a query that finds no row sets it to NULL
DECLARE @a int = 7; SET @a = (SELECT 1 WHERE 1 = 0); SELECT @a
--> NULL

-- rule: t-sql/language-elements/set-local-variable-transact-sql: a query that finds several rows is an error
DECLARE @a int = (SELECT v FROM (VALUES (1), (2)) t(v)); SELECT @a
--> NULL
--! 512 16

-- rule: t-sql/language-elements/waitfor-transact-sql: DELAY takes a time of day as a length of time
WAITFOR DELAY '00:00:00.01'; SELECT 1
--> 1
DECLARE @d char(12) = '00:00:00.005'; WAITFOR DELAY @d; SELECT 1
--> 1

-- rule: t-sql/language-elements/execute-transact-sql: a text is run as a batch of its own
DECLARE @s nvarchar(100) = N'SELECT 1 AS a'; EXEC (@s); EXEC ('SELECT ' + '2')
--> 1
--> 2
EXEC ('DECLARE @x int = 5; SELECT @x'); EXEC ('SELECT @x')
--> 5
--! 137 15

-- rule: relational-databases/system-stored-procedures/sp-executesql-transact-sql: parameters go in by name or place, OUTPUT brings them back
DECLARE @out int; EXEC sp_executesql N'SET @b = @a * 2', N'@a int, @b int OUTPUT', @a = 21, @b = @out OUTPUT; SELECT @out
--> 42
EXEC sp_executesql N'SELECT @a + @b', N'@a int, @b int', 1, 2
--> 3
EXEC sp_executesql N'SELECT @a', N'@a int'
--! 8178 16

-- rule: t-sql/statements/set-rowcount-transact-sql: a statement ends behind so many rows, 0 takes the limit away
SET ROWCOUNT 2; SELECT v FROM (VALUES (1), (2), (3)) t(v); SET ROWCOUNT 0; SELECT COUNT(*) FROM (VALUES (1), (2), (3)) t(v)
--> 1
--> 2
--> 3

-- rule: t-sql/functions/rowcount-transact-sql: @@ROWCOUNT is the number of rows of the statement before
SELECT v FROM (VALUES (1), (2), (3)) t(v); SELECT @@ROWCOUNT; SELECT @@ROWCOUNT
--> 1
--> 2
--> 3
--> 3
--> 1
DECLARE @a int; SET @a = 1; SELECT @@ROWCOUNT
--> 1
IF 1 = 1 SELECT @@ROWCOUNT
--> 0

-- rule: t-sql/functions/error-transact-sql: @@ERROR is the number of the statement before, 0 when it went well
SELECT 1 / 0; SELECT @@ERROR; SELECT @@ERROR
--> 8134
--> 0
--! 8134 16

-- rule: t-sql/statements/set-nocount-transact-sql: NOCOUNT leaves @@ROWCOUNT as it is
SET NOCOUNT ON; CREATE TABLE #t (a int); INSERT #t VALUES (1), (2); SELECT @@ROWCOUNT
--> 2

-- rule: t-sql/language-elements/use-transact-sql: USE changes the database of what follows
USE tempdb; SELECT DB_NAME(); USE master; SELECT DB_NAME()
--> 'tempdb'
--> 'master'
USE no_such_database
--! 911 16

-- rule: t-sql/statements/set-statements-transact-sql: an unknown option is a syntax error
SET NONSENSE ON
--! 195 15

-- rule: t-sql/statements/set-datefirst-transact-sql: the first day of the week is from 1 (Monday) to 7 (Sunday)
SET DATEFIRST 1; SELECT @@DATEFIRST, DATEPART(weekday, '2026-11-23'); SET DATEFIRST 7; SELECT @@DATEFIRST, DATEPART(weekday, '2026-11-23')
--> 1 | 1
--> 7 | 2

-- rule: t-sql/statements/set-dateformat-transact-sql: it says which part of a date is which
SET DATEFORMAT dmy; SELECT CAST('01/02/2026' AS date); SET DATEFORMAT mdy; SELECT CAST('01/02/2026' AS date); SET DATEFORMAT ymd; SELECT CAST('26/02/01' AS date)
--> 2026-02-01
--> 2026-01-02
--> 2026-02-01
