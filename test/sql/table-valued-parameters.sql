-- rule: relational-databases/tables/use-table-valued-parameters-database-engine: a variable of a table type is a table of its columns
USE tempdb
GO
CREATE TYPE dbo.List AS TABLE (id int NOT NULL PRIMARY KEY, name nvarchar(10) DEFAULT N'none', twice AS id * 2)
GO
DECLARE @list dbo.List
INSERT @list (id, name) VALUES (1, N'one'), (2, DEFAULT)
SELECT * FROM @list ORDER BY id
--= id int | name nvarchar(10) | twice int
--> 1 | 'one' | 2
--> 2 | 'none' | 4

USE tempdb
GO
DECLARE @list dbo.List
INSERT @list (id) VALUES (1), (1)
--! 2627

-- rule: t-sql/statements/create-type-transact-sql: a type that is not there is an error
USE tempdb
GO
DECLARE @list dbo.Nowhere
--! 2715

-- rule: relational-databases/tables/use-table-valued-parameters-database-engine: the rows of a variable are passed to a READONLY parameter
USE tempdb
GO
CREATE PROCEDURE dbo.CountList @list dbo.List READONLY, @least int = 0 AS
  SELECT COUNT(*) AS n, SUM(id) AS total FROM @list WHERE id >= @least
GO
DECLARE @list dbo.List
INSERT @list (id) VALUES (1), (2), (3)
EXEC dbo.CountList @list
EXEC dbo.CountList @least = 2, @list = @list
--> 3 | 6
--> 2 | 5

-- rule: relational-databases/tables/use-table-valued-parameters-database-engine: a parameter that is left out is an empty table
USE tempdb
GO
EXEC dbo.CountList
EXEC dbo.CountList DEFAULT, 1
--> 0 | NULL
--> 0 | NULL

USE tempdb
GO
EXEC dbo.CountList NULL
--! 206
USE tempdb
GO
EXEC dbo.CountList 5
--! 206

-- rule: relational-databases/tables/use-table-valued-parameters-database-engine: a variable of another table type can't be passed
USE tempdb
GO
CREATE TYPE dbo.Other AS TABLE (id int)
GO
DECLARE @other dbo.Other
EXEC dbo.CountList @other
--! 206

USE tempdb
GO
DECLARE @written TABLE (id int)
EXEC dbo.CountList @written
--! 206

-- rule: relational-databases/tables/use-table-valued-parameters-database-engine: DML on a table-valued parameter is an error
USE tempdb
GO
CREATE PROCEDURE dbo.ChangeList @list dbo.List READONLY AS DELETE @list
GO
EXEC dbo.ChangeList
--! 10700

USE tempdb
GO
CREATE PROCEDURE dbo.InsertList @list dbo.List READONLY AS INSERT @list (id) VALUES (1)
GO
EXEC dbo.InsertList
--! 10700

-- rule: relational-databases/tables/use-table-valued-parameters-database-engine: a procedure passes its parameter on to another
USE tempdb
GO
CREATE PROCEDURE dbo.PassList @list dbo.List READONLY AS EXEC dbo.CountList @list
GO
DECLARE @list dbo.List
INSERT @list (id) VALUES (7)
EXEC dbo.PassList @list
--> 1 | 7

-- rule: relational-databases/system-stored-procedures/sp-executesql-transact-sql: a table-valued parameter is declared READONLY
USE tempdb
GO
DECLARE @list dbo.List
INSERT @list (id) VALUES (4), (5)
EXEC sp_executesql N'SELECT SUM(id) FROM @given', N'@given dbo.List READONLY', @given = @list
--> 9

USE tempdb
GO
DECLARE @list dbo.List
EXEC sp_executesql N'SELECT 1', N'@given dbo.List', @list
--! 352

USE tempdb
GO
DECLARE @list dbo.List
EXEC sp_executesql N'SELECT @given', N'@given int', @list
--! 206

-- rule: t-sql/language-elements/variables-transact-sql: a variable can't be declared twice, a table or not
USE tempdb
GO
DECLARE @list dbo.List, @list int
--! 134
