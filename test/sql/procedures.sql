-- rule: t-sql/statements/create-procedure-transact-sql: arguments are given in the order of the parameters, or by their names
USE tempdb
GO
CREATE PROCEDURE pr1 @a int, @b varchar(10) = 'none', @c int = 3 AS SELECT @a, @b, @c
GO
EXEC pr1 1; EXEC pr1 1, 'x'; EXEC pr1 @c = 9, @a = 2; EXEC pr1 5, @c = 6
--> 1 | 'none' | 3
--> 1 | 'x' | 3
--> 2 | 'none' | 9
--> 5 | 'none' | 6

-- rule: t-sql/language-elements/execute-transact-sql: DEFAULT takes the parameter's default
USE tempdb; EXEC pr1 1, DEFAULT, 8
--> 1 | 'none' | 8

-- rule: t-sql/language-elements/execute-transact-sql: a bare word is a string
USE tempdb; EXEC pr1 1, word
--> 1 | 'word' | 3

-- rule: relational-databases/errors-events/database-engine-events-and-errors-0-to-999: a parameter without default has to be supplied
USE tempdb; EXEC pr1
--! 201 16 4

-- rule: relational-databases/errors-events/database-engine-events-and-errors-8000-to-8999: too many arguments, unknown and repeated ones
USE tempdb; EXEC pr1 1, 'x', 3, 4
--! 8144 16 2

USE tempdb; EXEC pr1 @a = 1, @zz = 2
--! 8145 16

USE tempdb; EXEC pr1 1, @a = 2
--! 8143 16

-- rule: relational-databases/errors-events/database-engine-events-and-errors-8000-to-8999: a procedure without parameters takes no arguments
USE tempdb
GO
CREATE PROCEDURE pr2 AS SELECT 1
GO
EXEC pr2 1
--! 8146 16

-- rule: relational-databases/errors-events/database-engine-events-and-errors-0-to-999: behind @name = value all arguments have names
USE tempdb; EXEC pr1 @a = 1, 'x'
--! 119 15

-- rule: t-sql/language-elements/execute-transact-sql: a procedure that is not there
EXEC pr_no_such_procedure
--! 2812 16 62

EXEC tempdb.dbo.pr_no_such_procedure
--! 2812

-- rule: t-sql/language-elements/execute-transact-sql: OUTPUT gives the value back to the variable
USE tempdb
GO
CREATE PROCEDURE pr3 @a int, @twice int OUTPUT, @text varchar(10) = 'in' OUT AS SET @twice = @a * 2; SET @text = 'out'
GO
DECLARE @r int, @t varchar(10) = 'unchanged'
EXEC pr3 4, @r OUTPUT, @t
SELECT @r, @t
EXEC pr3 5, @twice = @r OUT, @text = @t OUTPUT
SELECT @r, @t
--> 8 | 'unchanged'
--> 10 | 'out'

-- rule: t-sql/language-elements/execute-transact-sql: an OUTPUT parameter has the value given on entry
USE tempdb
GO
CREATE PROCEDURE pr4 @n int OUTPUT AS SET @n = @n + 1
GO
DECLARE @n int = 41
EXEC pr4 @n OUTPUT
SELECT @n
--> 42

-- rule: t-sql/language-elements/execute-transact-sql: OUTPUT is for parameters that are declared so
USE tempdb
GO
CREATE PROCEDURE pr5 @a int AS SELECT @a
GO
DECLARE @x int = 1
EXEC pr5 @x OUTPUT
--! 8162 16 2

-- rule: t-sql/language-elements/return-transact-sql: the return status is 0, or what RETURN says
USE tempdb
GO
CREATE PROCEDURE pr6 @n int AS IF @n > 0 RETURN @n; SELECT 'fell through'
GO
DECLARE @r int
EXEC @r = pr6 7; SELECT @r
EXEC @r = pr6 0; SELECT @r
--> 7
--> 'fell through'
--> 0

-- rule: t-sql/language-elements/return-transact-sql: nothing behind RETURN is executed
USE tempdb
GO
CREATE PROCEDURE pr7 AS RETURN; SELECT 'never'
GO
EXEC pr7; SELECT 'after'
--> 'after'

-- rule: t-sql/language-elements/execute-transact-sql: the name can be in a variable
USE tempdb
GO
CREATE PROCEDURE pr8 @a int AS SELECT @a
GO
DECLARE @p sysname = N'pr8', @q nvarchar(100) = N'tempdb.dbo.pr8'
EXEC @p 1; EXEC @q @a = 2
--> 1
--> 2

-- rule: t-sql/language-elements/execute-transact-sql: the first statement of a batch needs no EXEC
USE tempdb
GO
pr8 3
--> 3

-- rule: t-sql/language-elements/execute-transact-sql: a text is executed with variables of its own
DECLARE @x int = 1
EXEC ('SELECT 1 AS one')
EXEC ('DECLARE @x int = 2; SELECT @x')
EXEC ('SELECT @x')
--> 1
--> 2
--! 137

-- rule: t-sql/language-elements/execute-transact-sql: it may be joined of several parts
DECLARE @t varchar(10) = '1 + 2'
EXEC ('SELECT ' + @t + ', 4')
--> 3 | 4

-- rule: t-sql/language-elements/execute-transact-sql: USE and SET in it end with it
EXEC ('USE tempdb; SET DATEFIRST 2; SELECT DB_NAME(), @@DATEFIRST')
SELECT DB_NAME(), @@DATEFIRST
--> 'tempdb' | 2
--> 'Sample' | 7

-- rule: t-sql/statements/create-procedure-transact-sql: temporary tables of a procedure end with it, those of its caller are seen
USE tempdb
GO
CREATE PROCEDURE pr9 AS
BEGIN
  CREATE TABLE #own (a int)
  INSERT #own VALUES (1)
  INSERT #outer SELECT a FROM #own
END
GO
CREATE TABLE #outer (a int)
EXEC pr9
SELECT a, OBJECT_ID('tempdb..#own') FROM #outer
--> 1 | NULL

-- rule: t-sql/statements/create-procedure-transact-sql: names are resolved when the procedure runs, so they may come later
USE tempdb
GO
CREATE PROCEDURE pr10 AS SELECT a FROM pr10_later
GO
CREATE TABLE pr10_later (a int)
INSERT pr10_later VALUES (3)
EXEC pr10
--> 3

-- rule: t-sql/statements/create-procedure-transact-sql: so a table that never comes is an error when it runs, and only the procedure ends
USE tempdb
GO
CREATE PROCEDURE pr11 AS SELECT 'before'; SELECT a FROM pr11_never; SELECT 'after'
GO
EXEC pr11; SELECT 'caller goes on'
--> 'before'
--> 'caller goes on'
--! 208 16 1

-- rule: t-sql/statements/create-procedure-transact-sql: syntax is checked when it is made
USE tempdb
GO
CREATE PROCEDURE pr12 AS SELECT 1 +
--! 102 15

-- rule: t-sql/statements/create-procedure-transact-sql: procedures call procedures
USE tempdb
GO
CREATE PROCEDURE pr13_in @n int AS SELECT 'inner', @n, @@NESTLEVEL
GO
CREATE PROCEDURE pr13 @n int AS SELECT 'outer', @@NESTLEVEL; SET @n += 1; EXEC pr13_in @n
GO
EXEC pr13 1; SELECT @@NESTLEVEL
--> 'outer' | 1
--> 'inner' | 2 | 2
--> 0

-- rule: t-sql/statements/create-procedure-transact-sql: and themselves, 32 levels deep
USE tempdb
GO
CREATE PROCEDURE pr14 @n int AS IF @n < 32 BEGIN SET @n += 1; EXEC pr14 @n END ELSE SELECT @@NESTLEVEL
GO
EXEC pr14 1
--> 32

USE tempdb
GO
CREATE PROCEDURE pr15 @n int AS SET @n += 1; EXEC pr15 @n
GO
EXEC pr15 1
--! 217 16 1

-- rule: t-sql/statements/create-procedure-transact-sql: SET options of a procedure end with it, but not those of its caller
USE tempdb
GO
CREATE PROCEDURE pr16 AS SET NOCOUNT ON; SET DATEFIRST 5; SELECT @@DATEFIRST
GO
SET DATEFIRST 3
EXEC pr16; SELECT @@DATEFIRST
--> 5
--> 3

-- rule: t-sql/functions/scope-identity-transact-sql: SCOPE_IDENTITY() is of the own scope, @@IDENTITY of the session
USE tempdb
CREATE TABLE pr17_t (id int IDENTITY(7, 1), a int); CREATE TABLE pr17_u (id int IDENTITY(50, 1), a int)
GO
CREATE PROCEDURE pr17 AS INSERT pr17_t (a) VALUES (1); SELECT SCOPE_IDENTITY()
GO
INSERT pr17_u (a) VALUES (1)
EXEC pr17
SELECT SCOPE_IDENTITY(), @@IDENTITY
--> 7
--> 50 | 7

-- rule: t-sql/functions/procid-transact-sql: @@PROCID is the procedure's object id
USE tempdb
GO
CREATE PROCEDURE pr18 AS SELECT OBJECT_NAME(@@PROCID), IIF(@@PROCID = OBJECT_ID('pr18'), 'same', 'other')
GO
EXEC pr18; SELECT @@PROCID
--> 'pr18' | 'same'
--> 0

-- rule: t-sql/statements/insert-transact-sql: INSERT EXEC takes the rows of all result sets
USE tempdb
GO
CREATE PROCEDURE pr19 AS SELECT 1, 'a'; SELECT 2, 'b' UNION ALL SELECT 3, 'c'
GO
CREATE TABLE #t (n int, s varchar(5))
INSERT #t EXEC pr19
SELECT @@ROWCOUNT
SELECT n, s FROM #t ORDER BY n
--> 3
--> 1 | 'a'
--> 2 | 'b'
--> 3 | 'c'

-- rule: t-sql/statements/insert-transact-sql: the result sets have the columns of the table
USE tempdb
CREATE TABLE #t (n int)
INSERT #t EXEC pr19
--! 213 16

-- rule: relational-databases/errors-events/database-engine-events-and-errors-8000-to-8999: INSERT EXEC does not nest
USE tempdb
GO
CREATE PROCEDURE pr20 AS CREATE TABLE #in (n int, s varchar(5)); INSERT #in EXEC pr19; SELECT n, s FROM #in
GO
CREATE TABLE #t (n int, s varchar(5))
INSERT #t EXEC pr20
--! 8164 16 1

-- rule: relational-databases/errors-events/database-engine-events-and-errors-3000-to-3999: nor may it roll back
USE tempdb
GO
CREATE PROCEDURE pr21 AS BEGIN TRAN; ROLLBACK; SELECT 1
GO
CREATE TABLE #t (n int)
INSERT #t EXEC pr21
--! 3915 16 0

-- rule: t-sql/statements/alter-procedure-transact-sql: ALTER PROCEDURE replaces it
USE tempdb
GO
CREATE PROCEDURE pr22 AS SELECT 'old'
GO
ALTER PROCEDURE pr22 @a int = 5 AS SELECT 'new', @a
GO
EXEC pr22
--> 'new' | 5

-- rule: t-sql/statements/create-procedure-transact-sql: CREATE OR ALTER makes or replaces it
USE tempdb
GO
CREATE OR ALTER PROCEDURE pr23 AS SELECT 1
GO
CREATE OR ALTER PROC pr23 AS SELECT 2
GO
EXEC pr23
--> 2

-- rule: t-sql/statements/create-procedure-transact-sql: a name is for one object
USE tempdb
GO
CREATE PROCEDURE pr24 AS SELECT 1
GO
CREATE PROCEDURE pr24 AS SELECT 2
--! 2714 16

-- rule: t-sql/statements/drop-procedure-transact-sql: DROP PROCEDURE IF EXISTS
USE tempdb
GO
CREATE PROCEDURE pr25 AS SELECT 1
GO
DROP PROCEDURE pr25; DROP PROCEDURE IF EXISTS pr25; SELECT OBJECT_ID('pr25'); DROP PROCEDURE pr25
--> NULL
--! 3701 11

-- rule: t-sql/statements/create-procedure-transact-sql: temporary procedures are of the session
CREATE PROCEDURE #pr26 @a int AS SELECT @a + 1
GO
EXEC #pr26 1
--> 2

-- rule: t-sql/statements/create-procedure-transact-sql: procedures live in schemas
USE tempdb
GO
CREATE SCHEMA pr27
GO
CREATE PROCEDURE pr27.p AS SELECT OBJECT_SCHEMA_NAME(@@PROCID)
GO
EXEC pr27.p; EXEC tempdb.pr27.p
--> 'pr27'
--> 'pr27'

-- rule: t-sql/statements/create-synonym-transact-sql: a synonym can stand for a procedure
USE tempdb
GO
CREATE PROCEDURE pr28 @a int AS SELECT @a
GO
CREATE SYNONYM pr28_other FOR dbo.pr28
GO
EXEC pr28_other 6
--> 6

-- rule: t-sql/statements/create-synonym-transact-sql: and for functions
USE tempdb
GO
CREATE FUNCTION dbo.pr29_f (@a int) RETURNS int AS BEGIN RETURN @a + 1 END
GO
CREATE FUNCTION dbo.pr29_t (@a int) RETURNS TABLE AS RETURN SELECT @a AS a
GO
CREATE SYNONYM dbo.pr29_sf FOR dbo.pr29_f; CREATE SYNONYM dbo.pr29_st FOR dbo.pr29_t
GO
SELECT dbo.pr29_sf(1); SELECT a FROM dbo.pr29_st(9)
--> 2
--> 9

-- rule: t-sql/language-elements/execute-transact-sql: EXEC assigns a scalar function's value like a status
USE tempdb
GO
CREATE FUNCTION dbo.pr30 (@a int, @b int = 2) RETURNS int AS BEGIN RETURN @a * @b END
GO
DECLARE @r int
EXEC @r = dbo.pr30 21
SELECT @r
EXEC @r = dbo.pr30 @a = 5, @b = 5
SELECT @r
--> 42
--> 25

-- rule: t-sql/statements/create-procedure-transact-sql: arguments are converted to the parameters' types
USE tempdb
GO
CREATE PROCEDURE pr31 @d decimal(5, 1), @s varchar(3), @t date AS SELECT @d, @s, @t
GO
EXEC pr31 '12.34', 'abcdef', '2024-02-29'
--> 12.3 | 'abc' | 2024-02-29

EXEC tempdb..pr31 'x', 'y', '2024-01-01'
--! 8114 16 5

-- rule: relational-databases/system-stored-procedures/sp-executesql-transact-sql: a text with parameters
EXEC sp_executesql N'SELECT @a + @b', N'@a int, @b int', 1, 2
EXEC sp_executesql N'SELECT @a + @b', N'@a int, @b int', @b = 5, @a = 6
--> 3
--> 11

-- rule: relational-databases/system-stored-procedures/sp-executesql-transact-sql: OUTPUT parameters
DECLARE @n int, @s nvarchar(20)
EXEC sp_executesql N'SET @x = 5; SET @y = N''text''', N'@x int OUTPUT, @y nvarchar(20) OUTPUT', @x = @n OUTPUT, @y = @s OUTPUT
SELECT @n, @s
--> 5 | 'text'

-- rule: relational-databases/system-stored-procedures/sp-executesql-transact-sql: the texts are Unicode
EXEC sp_executesql 'SELECT 1'
--! 214 16

-- rule: relational-databases/system-stored-procedures/sp-executesql-transact-sql: parameters of the text have to be supplied
EXEC sp_executesql N'SELECT @a', N'@a int'
--! 8178 16

-- rule: relational-databases/system-stored-procedures/sp-executesql-transact-sql: the text is a batch of its own: variables outside are not seen
DECLARE @outside int = 1
EXEC sp_executesql N'SELECT @outside'
--! 137

-- rule: relational-databases/system-stored-procedures/sp-executesql-transact-sql: the status tells success
DECLARE @r int
EXEC @r = sp_executesql N'SELECT 1'
SELECT @r
--> 1
--> 0

-- rule: relational-databases/system-stored-procedures/sp-executesql-transact-sql: the statement can be in a variable, as can the parameters
DECLARE @sql nvarchar(100) = N'SELECT name FROM sys.types WHERE system_type_id = @id', @p nvarchar(100) = N'@id int'
EXEC sys.sp_executesql @sql, @p, @id = 56
--> 'int'

-- rule: t-sql/language-elements/execute-transact-sql: WITH RESULT SETS renames and converts the columns
EXEC ('SELECT 1, ''a''') WITH RESULT SETS ((n bigint, s varchar(5)))
--= n bigint | s varchar(5)
--> 1 | 'a'

-- rule: t-sql/language-elements/execute-transact-sql: WITH RECOMPILE makes no difference to the result
USE tempdb; EXEC pr1 1 WITH RECOMPILE
--> 1 | 'none' | 3

-- rule: relational-databases/errors-events/database-engine-events-and-errors-0-to-999: a procedure that leaves a transaction open is told so
USE tempdb
GO
CREATE PROCEDURE pr32 AS BEGIN TRAN
GO
EXEC pr32; SELECT @@TRANCOUNT; ROLLBACK
--> 1
--! 266 16 2

-- rule: t-sql/statements/create-procedure-transact-sql: CURSOR VARYING OUTPUT hands a cursor out
USE tempdb
GO
CREATE PROCEDURE pr33 @c CURSOR VARYING OUTPUT AS
SET @c = CURSOR FORWARD_ONLY STATIC FOR SELECT value FROM GENERATE_SERIES(1, 2) ORDER BY value
OPEN @c
GO
DECLARE @mine CURSOR, @v int
EXEC pr33 @c = @mine OUTPUT
FETCH NEXT FROM @mine INTO @v
WHILE @@FETCH_STATUS = 0 BEGIN SELECT @v; FETCH NEXT FROM @mine INTO @v END
CLOSE @mine; DEALLOCATE @mine
--> 1
--> 2

-- rule: t-sql/statements/create-procedure-transact-sql: table types as parameters are READONLY
USE tempdb
GO
CREATE TYPE pr34_list AS TABLE (id int PRIMARY KEY, name varchar(10))
GO
CREATE PROCEDURE pr34 @l pr34_list READONLY AS SELECT COUNT(*), MAX(name) FROM @l
GO
DECLARE @t pr34_list
INSERT @t VALUES (1, 'a'), (2, 'b')
EXEC pr34 @t; EXEC pr34 @l = @t; EXEC pr34
--> 2 | 'b'
--> 2 | 'b'
--> 0 | NULL

-- rule: t-sql/statements/create-procedure-transact-sql: a name beginning with sp_ is found in master from everywhere
USE master
GO
CREATE PROCEDURE sp_pr35 AS SELECT DB_NAME()
GO
USE tempdb
GO
EXEC sp_pr35
GO
USE master; DROP PROCEDURE sp_pr35
--> 'tempdb'

-- rule: t-sql/statements/create-procedure-transact-sql: EXECUTE AS and other options are accepted
USE tempdb
GO
CREATE PROCEDURE pr36 WITH EXECUTE AS OWNER, RECOMPILE AS SELECT 'run'
GO
EXEC pr36
--> 'run'

-- rule: t-sql/statements/create-procedure-transact-sql: a statement behind END of the body belongs to the procedure
USE tempdb
GO
CREATE PROCEDURE pr38 AS
BEGIN
  SELECT 'body'
END
SELECT 'still the procedure'
GO
EXEC pr38
--> 'body'
--> 'still the procedure'

-- rule: t-sql/statements/create-procedure-transact-sql: parameters may stand in parentheses, and have negative and NULL defaults
USE tempdb
GO
CREATE PROCEDURE pr39 (@a int = -5, @b varchar(5) = NULL, @c float = 1.5e0) AS SELECT @a, @b, @c
GO
EXEC pr39
--> -5 | NULL | 1.5

-- rule: t-sql/language-elements/execute-transact-sql: messages of a procedure have its name, errors its line
USE tempdb
GO
CREATE PROCEDURE pr40 AS
PRINT 'said'
RAISERROR('raised', 16, 1)
RETURN 4
GO
DECLARE @r int; EXEC @r = pr40; SELECT @r
--> 4
--? Changed database context to 'tempdb'.
--? said
--! 50000

-- rule: t-sql/language-elements/variables-transact-sql: a procedure's variables are its own
USE tempdb
GO
CREATE PROCEDURE pr41 AS DECLARE @x int = 5; SELECT @x
GO
DECLARE @x int = 1; EXEC pr41; SELECT @x
--> 5
--> 1

-- rule: t-sql/language-elements/declare-local-variable-transact-sql: a variable is declared once, in a loop too
DECLARE @i int = 0
WHILE @i < 3
BEGIN
  DECLARE @j int
  SET @j = ISNULL(@j, 0) + 1
  SET @i += 1
END
SELECT @j
--> 3

-- rule: t-sql/language-elements/declare-local-variable-transact-sql: its name is there once
DECLARE @x int, @X int
--! 134 15

-- rule: t-sql/language-elements/declare-local-variable-transact-sql: an undeclared one is an error
SELECT @nothing
--! 137 15

-- rule: relational-databases/errors-events/database-engine-events-and-errors-0-to-999: it is found before anything of the batch is executed
SELECT 'never'
SET @nothing = 1
--! 137 15

-- rule: t-sql/language-elements/declare-local-variable-transact-sql: a variable is there from its DECLARE to the end of the batch, in text order
SET @late = 1
DECLARE @late int
--! 137 15

-- rule: t-sql/language-elements/declare-local-variable-transact-sql: even when the DECLARE is never reached
IF 1 = 0 DECLARE @there int
SET @there = 5
SELECT @there
--> 5

-- rule: t-sql/language-elements/declare-local-variable-transact-sql: the first value may use variables that were declared before
DECLARE @a int = 2, @b int = @a * 3
SELECT @b
--> 6

-- rule: t-sql/statements/create-procedure-transact-sql: variables of a procedure are checked when it is made
USE tempdb
GO
CREATE PROCEDURE pr42 @a int AS SELECT @a + @other
--! 137 15

-- rule: relational-databases/errors-events/database-engine-events-and-errors-1000-to-1999: a table variable that is not declared
INSERT @rows VALUES (1)
--! 1087 15

-- rule: t-sql/queries/select-clause-transact-sql: a table of the query around can be listed with *
SELECT (SELECT t.* FOR JSON PATH, WITHOUT_ARRAY_WRAPPER) FROM (VALUES (1, 'a')) t (n, s)
--> '{"n":1,"s":"a"}'

-- rule: t-sql/statements/create-function-transact-sql: a table function is found in the default schema
USE tempdb
GO
CREATE FUNCTION dbo.pr43 () RETURNS TABLE AS RETURN SELECT 3 AS three
GO
SELECT three FROM pr43()
--> 3

-- rule: t-sql/language-elements/return-transact-sql: in a batch RETURN has no value
SELECT 1
RETURN 5
--! 178 15

-- rule: t-sql/language-elements/return-transact-sql: nor in a dynamic text
EXEC sp_executesql N'RETURN 5'
--! 178 15

-- rule: t-sql/statements/execute-as-transact-sql: dbo and sa can be impersonated, who they are already; REVERT goes back
EXECUTE AS USER = 'dbo'; SELECT USER_NAME(); REVERT
EXEC AS LOGIN = 'sa'; SELECT SUSER_SNAME(); REVERT
EXECUTE AS CALLER; SELECT 'caller'; REVERT
--> 'dbo'
--> 'sa'
--> 'caller'

-- rule: t-sql/statements/execute-as-transact-sql: a principal that does not exist cannot
EXECUTE AS USER = 'nobody'
--! 15517 16 1

EXECUTE AS LOGIN = 'nobody'
--! 15406 16 1

-- rule: t-sql/queries/option-clause-transact-sql: OPTION is accepted before FOR as well
WITH n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 3) SELECT n FROM n ORDER BY n OPTION (MAXRECURSION 10) FOR XML AUTO
--> '<n n="1"/><n n="2"/><n n="3"/>'
