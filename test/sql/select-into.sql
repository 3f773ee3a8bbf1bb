-- rule: t-sql/queries/select-into-clause-transact-sql: a new table has the columns and rows of the result
SELECT CustomerId, Name INTO #c FROM Sales.Customers WHERE CustomerId < 3; SELECT CustomerId, Name FROM #c ORDER BY CustomerId
--= CustomerId int | Name nvarchar(60)
--> 1 | 'Customer 1'
--> 2 | 'Customer 2'

-- rule: t-sql/queries/select-into-clause-transact-sql: every column needs a name
SELECT 1 INTO #t
--! 1038 15

-- rule: t-sql/queries/select-into-clause-transact-sql: the table must not be there yet
SELECT 1 AS a INTO #t; SELECT 2 AS a INTO #t
--! 2714

-- rule: t-sql/functions/rowcount-transact-sql: @@ROWCOUNT is the number of rows that were put into it
SELECT value INTO #t FROM GENERATE_SERIES(1, 5); SELECT @@ROWCOUNT, SUM(value) FROM #t
--> 5 | 15

-- rule: t-sql/queries/select-into-clause-transact-sql: an identity column stays one, and a rowversion becomes binary
CREATE TABLE #s (id int IDENTITY, a int); INSERT #s VALUES (7), (8); SELECT * INTO #t FROM #s; INSERT #t (a) VALUES (9); SELECT id, a FROM #t ORDER BY id
--> 1 | 7
--> 2 | 8
--> 3 | 9

-- rule: t-sql/queries/select-into-clause-transact-sql: in a join it does not
CREATE TABLE #s (id int IDENTITY, a int); INSERT #s VALUES (7); SELECT s.id, s.a INTO #t FROM #s s JOIN #s x ON x.id = s.id; INSERT #t (id, a) VALUES (50, 1); SELECT MAX(id) FROM #t
--> 50

-- rule: t-sql/language-elements/rollback-transaction-transact-sql: ROLLBACK takes the table away again
BEGIN TRAN; SELECT 1 AS a INTO #t; ROLLBACK; SELECT OBJECT_ID('tempdb..#t')
--> NULL
