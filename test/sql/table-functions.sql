-- rule: t-sql/statements/create-function-transact-sql: a multi-statement function returns the rows of its table variable
USE tempdb
GO
CREATE FUNCTION dbo.tf1 (@n int) RETURNS @t TABLE (id int, sq int) AS
BEGIN
  DECLARE @i int = 1
  WHILE @i <= @n BEGIN INSERT @t VALUES (@i, @i * @i); SET @i += 1 END
  RETURN
END
GO
SELECT id, sq FROM dbo.tf1(3) ORDER BY id; SELECT COUNT(*) FROM dbo.tf1(0)
--= id | sq
--> 1 | 1
--> 2 | 4
--> 3 | 9
--= 
--> 0

-- rule: t-sql/statements/create-function-transact-sql: it can be joined and applied, with arguments of outer rows
USE tempdb
GO
CREATE FUNCTION dbo.tf2 (@n int) RETURNS @t TABLE (v int) AS BEGIN INSERT @t SELECT value FROM GENERATE_SERIES(1, @n); RETURN END
GO
SELECT a.n, f.v FROM (VALUES (1), (2)) a (n) CROSS APPLY dbo.tf2(a.n) f ORDER BY a.n, f.v
--> 1 | 1
--> 2 | 1
--> 2 | 2

SELECT a.n, f.v FROM (VALUES (0), (1)) a (n) OUTER APPLY dbo.tf2(a.n) AS f ORDER BY a.n
--! 208

USE tempdb; SELECT a.n, f.v FROM (VALUES (NULL), (1)) a (n) OUTER APPLY dbo.tf2(a.n) AS f ORDER BY a.n
--> NULL | NULL
--> 1 | 1

-- rule: t-sql/statements/create-function-transact-sql: UPDATE, DELETE and MERGE are for its own table variables
USE tempdb
GO
CREATE FUNCTION dbo.tf3 () RETURNS @t TABLE (id int PRIMARY KEY, n int DEFAULT 5) AS
BEGIN
  DECLARE @work TABLE (id int, n int)
  INSERT @work VALUES (1, 10), (2, 20), (3, 30)
  DELETE @work WHERE id = 2
  UPDATE @work SET n += 1
  INSERT @t (id) SELECT id FROM @work
  UPDATE t SET n = w.n FROM @t t JOIN @work w ON w.id = t.id WHERE t.id = 3
  MERGE @t AS t USING (VALUES (1, 7), (9, 9)) s (id, n) ON s.id = t.id WHEN MATCHED THEN UPDATE SET n += s.n WHEN NOT MATCHED THEN INSERT (id, n) VALUES (s.id, s.n);
  RETURN
END
GO
SELECT id, n FROM dbo.tf3() ORDER BY id
--> 1 | 12
--> 3 | 31
--> 9 | 9

-- rule: t-sql/statements/create-function-transact-sql: the table has constraints, defaults and computed columns like any
USE tempdb
GO
CREATE FUNCTION dbo.tf4 (@twice bit) RETURNS @t TABLE (id int PRIMARY KEY, k int IDENTITY(10, 1), d AS id * 2) AS
BEGIN
  INSERT @t (id) VALUES (1)
  IF @twice = 1 INSERT @t (id) VALUES (1)
  RETURN
END
GO
SELECT id, k, d FROM dbo.tf4(0); SELECT id FROM dbo.tf4(1)
--> 1 | 10 | 2
--! 2627

-- rule: t-sql/statements/create-function-transact-sql: DEFAULT takes the parameter's default, which cannot be left out
USE tempdb
GO
CREATE FUNCTION dbo.tf5 (@a int, @b int = 8) RETURNS @t TABLE (s int) AS BEGIN INSERT @t VALUES (@a + @b); RETURN END
GO
SELECT s FROM dbo.tf5(1, DEFAULT); SELECT s FROM dbo.tf5(1, 2); SELECT s FROM dbo.tf5(1)
--> 9
--> 3
--! 313

-- rule: t-sql/statements/create-function-transact-sql: each call has a table of its own
USE tempdb
GO
CREATE FUNCTION dbo.tf6 (@a int) RETURNS @t TABLE (a int) AS BEGIN INSERT @t VALUES (@a); RETURN END
GO
SELECT x.a, y.a FROM dbo.tf6(1) x CROSS JOIN dbo.tf6(2) y
--> 1 | 2

-- rule: t-sql/statements/create-function-transact-sql: rows that were inserted before RETURN are the result, wherever it stands
USE tempdb
GO
CREATE FUNCTION dbo.tf7 (@stop bit) RETURNS @t TABLE (a int) AS
BEGIN
  INSERT @t VALUES (1)
  IF @stop = 1 RETURN
  INSERT @t VALUES (2)
  RETURN
END
GO
SELECT COUNT(*) FROM dbo.tf7(1); SELECT COUNT(*) FROM dbo.tf7(0)
--> 1
--> 2

-- rule: t-sql/statements/create-function-transact-sql: scalar functions have table variables too
USE tempdb
GO
CREATE FUNCTION dbo.tf8 (@list varchar(100)) RETURNS int AS
BEGIN
  DECLARE @t TABLE (v int); DECLARE @sum int
  INSERT @t SELECT value FROM STRING_SPLIT(@list, ',')
  SELECT @sum = SUM(v) FROM @t
  RETURN @sum
END
GO
SELECT dbo.tf8('1,2,3'), dbo.tf8('10')
--> 6 | 10

-- rule: t-sql/statements/create-function-transact-sql: functions use local cursors, fetched into variables
USE tempdb
GO
CREATE FUNCTION dbo.tf9 () RETURNS varchar(100) AS
BEGIN
  DECLARE @v int, @all varchar(100) = ''
  DECLARE c CURSOR LOCAL FOR SELECT value FROM GENERATE_SERIES(1, 3) ORDER BY value
  OPEN c
  FETCH NEXT FROM c INTO @v
  WHILE @@FETCH_STATUS = 0 BEGIN SET @all += CONCAT(@v, ';'); FETCH NEXT FROM c INTO @v END
  CLOSE c
  DEALLOCATE c
  RETURN @all
END
GO
SELECT dbo.tf9(), CURSOR_STATUS('global', 'c')
--> '1;2;3;' | -3

-- rule: t-sql/statements/create-function-transact-sql: and GOTO
USE tempdb
GO
CREATE FUNCTION dbo.tf10 (@a int) RETURNS varchar(10) AS
BEGIN
  DECLARE @r varchar(10) = 'small'
  IF @a < 10 GOTO done
  SET @r = 'large'
  done:
  RETURN @r
END
GO
SELECT dbo.tf10(1), dbo.tf10(11)
--> 'small' | 'large'

-- rule: t-sql/functions/rowcount-transact-sql: @@ROWCOUNT in a function is of its own statements
USE tempdb
GO
CREATE FUNCTION dbo.tf11 () RETURNS int AS BEGIN DECLARE @t TABLE (a int); INSERT @t VALUES (1), (2), (3); RETURN @@ROWCOUNT END
GO
SELECT dbo.tf11()
--> 3

-- rule: relational-databases/user-defined-functions/create-user-defined-functions-database-engine: a function does not change tables
USE tempdb
CREATE TABLE tf12_t (a int)
GO
CREATE FUNCTION dbo.tf12 () RETURNS int AS BEGIN INSERT tf12_t VALUES (1); RETURN 1 END
--! 443 16 15

USE tempdb
GO
CREATE FUNCTION dbo.tf12 () RETURNS int AS BEGIN UPDATE tf12_t SET a = 1; RETURN 1 END
--! 443 16 15

USE tempdb
GO
CREATE FUNCTION dbo.tf12 () RETURNS int AS BEGIN DELETE FROM tf12_t; RETURN 1 END
--! 443 16 15

-- rule: relational-databases/user-defined-functions/create-user-defined-functions-database-engine: nor does it print, raise errors, catch them or make transactions
USE tempdb
GO
CREATE FUNCTION dbo.tf13 () RETURNS int AS BEGIN PRINT 'x'; RETURN 1 END
--! 443

USE tempdb
GO
CREATE FUNCTION dbo.tf13 () RETURNS int AS BEGIN RAISERROR('x', 16, 1); RETURN 1 END
--! 443

USE tempdb
GO
CREATE FUNCTION dbo.tf13 () RETURNS int AS BEGIN BEGIN TRY RETURN 1 END TRY BEGIN CATCH RETURN 2 END CATCH; RETURN 3 END
--! 443

USE tempdb
GO
CREATE FUNCTION dbo.tf13 () RETURNS int AS BEGIN BEGIN TRAN; RETURN 1 END
--! 443

USE tempdb
GO
CREATE FUNCTION dbo.tf13 () RETURNS int AS BEGIN SET NOCOUNT ON; RETURN 1 END
--! 443

USE tempdb
GO
CREATE FUNCTION dbo.tf13 () RETURNS int AS BEGIN EXEC ('SELECT 1'); RETURN 1 END
--! 443

USE tempdb
GO
CREATE FUNCTION dbo.tf13 () RETURNS int AS BEGIN WAITFOR DELAY '0:0:1'; RETURN 1 END
--! 443

-- rule: relational-databases/errors-events/database-engine-events-and-errors-0-to-999: SELECT without assignment would answer the client
USE tempdb
GO
CREATE FUNCTION dbo.tf14 () RETURNS int AS BEGIN SELECT 1; RETURN 1 END
--! 444 16

USE tempdb
GO
CREATE FUNCTION dbo.tf14 () RETURNS int AS BEGIN DECLARE c CURSOR FOR SELECT 1; OPEN c; FETCH c; RETURN 1 END
--! 444 16

-- rule: relational-databases/errors-events/database-engine-events-and-errors-0-to-999: the last statement is a RETURN
USE tempdb
GO
CREATE FUNCTION dbo.tf15 (@a int) RETURNS int AS BEGIN IF @a = 1 RETURN 1 ELSE RETURN 2 END
--! 455 16

-- rule: t-sql/language-elements/return-transact-sql: RETURN has no value in a multi-statement table function
USE tempdb
GO
CREATE FUNCTION dbo.tf16 () RETURNS @t TABLE (a int) AS BEGIN RETURN 1 END
--! 178 15

-- rule: t-sql/language-elements/return-transact-sql: nor in a trigger
USE tempdb; CREATE TABLE tf17_t (a int)
GO
CREATE TRIGGER tf17_i ON tf17_t AFTER INSERT AS RETURN 1
--! 178 15

-- rule: t-sql/statements/create-function-transact-sql: procedures are not executed from functions
USE tempdb
GO
CREATE PROCEDURE tf18_p AS RETURN 1
GO
CREATE FUNCTION dbo.tf18 () RETURNS int AS BEGIN DECLARE @r int; EXEC @r = tf18_p; RETURN @r END
GO
SELECT dbo.tf18()
--! 557 16 2

-- rule: t-sql/statements/create-function-transact-sql: temporary tables are out of reach
USE tempdb
GO
CREATE FUNCTION dbo.tf19 () RETURNS int AS BEGIN INSERT #t VALUES (1); RETURN 1 END
--! 2772 16

-- rule: t-sql/statements/create-function-transact-sql: functions call functions, and themselves
USE tempdb
GO
CREATE FUNCTION dbo.tf20 (@n int) RETURNS int AS BEGIN IF @n <= 1 RETURN 1; RETURN @n * dbo.tf20(@n - 1) END
GO
SELECT dbo.tf20(5)
--> 120

-- rule: t-sql/statements/create-function-transact-sql: nested beyond 32 levels they are error 217
USE tempdb
GO
CREATE FUNCTION dbo.tf21 (@n int) RETURNS int AS BEGIN IF @n <= 1 RETURN 1; RETURN @n + dbo.tf21(@n - 1) END
GO
SELECT dbo.tf21(40)
--! 217

-- rule: t-sql/statements/create-function-transact-sql: an inline function is a query with parameters
USE tempdb
CREATE TABLE tf22_t (id int, a int); INSERT tf22_t VALUES (1, 10), (2, 20), (3, 30)
GO
CREATE FUNCTION dbo.tf22 (@low int) RETURNS TABLE AS RETURN (SELECT id, a * 2 AS twice FROM tf22_t WHERE a >= @low)
GO
SELECT id, twice FROM dbo.tf22(20) ORDER BY id
--> 2 | 40
--> 3 | 60

-- rule: t-sql/queries/from-transact-sql: columns of a function's result can be renamed by the alias
USE tempdb
GO
CREATE FUNCTION dbo.tf23 () RETURNS @t TABLE (a int, b int) AS BEGIN INSERT @t VALUES (1, 2); RETURN END
GO
SELECT f.x, f.y FROM dbo.tf23() AS f (x, y)
--= x | y
--> 1 | 2

-- rule: t-sql/statements/create-function-transact-sql: RETURNS NULL ON NULL INPUT does not run the body
USE tempdb
GO
CREATE FUNCTION dbo.tf24 (@a int) RETURNS int WITH RETURNS NULL ON NULL INPUT AS BEGIN RETURN 1 END
GO
CREATE FUNCTION dbo.tf25 (@a int) RETURNS int AS BEGIN RETURN 1 END
GO
SELECT dbo.tf24(NULL), dbo.tf25(NULL)
--> NULL | 1

-- rule: t-sql/statements/create-function-transact-sql: an error in a function is an error of the statement that calls it
USE tempdb
GO
CREATE FUNCTION dbo.tf26 (@a int) RETURNS int AS
BEGIN
  DECLARE @x int
  SET @x = 1 / @a
  RETURN @x
END
GO
BEGIN TRY SELECT dbo.tf26(0) END TRY BEGIN CATCH SELECT ERROR_NUMBER(), ERROR_PROCEDURE(), ERROR_LINE() END CATCH
--> 8134 | 'tf26' | 5

-- rule: t-sql/statements/create-function-transact-sql: a multi-statement function can feed INSERT
USE tempdb
CREATE TABLE tf27_t (a int)
GO
CREATE FUNCTION dbo.tf27 () RETURNS @t TABLE (a int) AS BEGIN INSERT @t VALUES (1), (2); RETURN END
GO
INSERT tf27_t SELECT a FROM dbo.tf27(); SELECT COUNT(*), SUM(a) FROM tf27_t
--> 2 | 3

-- rule: t-sql/statements/create-function-transact-sql: it sees tables of its database as they are
USE tempdb
CREATE TABLE tf28_t (a int); INSERT tf28_t VALUES (4)
GO
CREATE FUNCTION dbo.tf28 () RETURNS @t TABLE (a int) AS BEGIN INSERT @t SELECT a FROM tf28_t; RETURN END
GO
UPDATE tf28_t SET a = 5; SELECT a FROM dbo.tf28()
--> 5
