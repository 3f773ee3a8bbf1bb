-- rule: t-sql/functions/col-name-transact-sql: the name of a column by the ids of its table and itself
CREATE TABLE tempdb.dbo.mf_a (id int NOT NULL CONSTRAINT mf_a_pk PRIMARY KEY, name nvarchar(20) NULL, sum AS id * 2, CONSTRAINT mf_a_ck CHECK (id > 0))
GO
USE tempdb
SELECT COL_NAME(OBJECT_ID('dbo.mf_a'), 2), COL_NAME(OBJECT_ID('dbo.mf_a'), 9)
DROP TABLE dbo.mf_a
--> 'name' | NULL

-- rule: t-sql/functions/columnproperty-transact-sql: AllowsNull, IsComputed, IsIdentity and ColumnId are answered as numbers
USE tempdb
CREATE TABLE dbo.mf_b (id int IDENTITY, name nvarchar(20) NULL, twice AS id * 2)
SELECT COLUMNPROPERTY(OBJECT_ID('dbo.mf_b'), 'name', 'AllowsNull'), COLUMNPROPERTY(OBJECT_ID('dbo.mf_b'), 'id', 'IsIdentity'), COLUMNPROPERTY(OBJECT_ID('dbo.mf_b'), 'twice', 'IsComputed'), COLUMNPROPERTY(OBJECT_ID('dbo.mf_b'), 'name', 'ColumnId')
DROP TABLE dbo.mf_b
--> 1 | 1 | 1 | 2

-- rule: t-sql/functions/columnproperty-transact-sql: Precision of a character column is its length, Scale of it is NULL
USE tempdb
CREATE TABLE dbo.mf_c (name nvarchar(20), price decimal(10, 3))
SELECT COLUMNPROPERTY(OBJECT_ID('dbo.mf_c'), 'name', 'Precision'), COLUMNPROPERTY(OBJECT_ID('dbo.mf_c'), 'name', 'Scale'), COLUMNPROPERTY(OBJECT_ID('dbo.mf_c'), 'price', 'Precision'), COLUMNPROPERTY(OBJECT_ID('dbo.mf_c'), 'price', 'Scale')
DROP TABLE dbo.mf_c
--> 20 | NULL | 10 | 3

-- rule: t-sql/functions/columnproperty-transact-sql: NULL for a property or a column that there is not
USE tempdb
CREATE TABLE dbo.mf_d (id int)
SELECT COLUMNPROPERTY(OBJECT_ID('dbo.mf_d'), 'id', 'Nonsense'), COLUMNPROPERTY(OBJECT_ID('dbo.mf_d'), 'nothing', 'AllowsNull')
DROP TABLE dbo.mf_d
--> NULL | NULL

-- rule: t-sql/functions/objectproperty-transact-sql: what a table has is asked by TableHas… properties
USE tempdb
CREATE TABLE dbo.mf_e (id int PRIMARY KEY, other int UNIQUE, CHECK (other > 0))
SELECT OBJECTPROPERTY(OBJECT_ID('dbo.mf_e'), 'TableHasPrimaryKey'), OBJECTPROPERTY(OBJECT_ID('dbo.mf_e'), 'TableHasUniqueCnst'), OBJECTPROPERTY(OBJECT_ID('dbo.mf_e'), 'TableHasCheckCnst'), OBJECTPROPERTY(OBJECT_ID('dbo.mf_e'), 'TableHasForeignKey'), OBJECTPROPERTY(OBJECT_ID('dbo.mf_e'), 'TableHasClustIndex'), OBJECTPROPERTY(OBJECT_ID('dbo.mf_e'), 'TableHasIdentity')
DROP TABLE dbo.mf_e
--> 1 | 1 | 1 | 0 | 1 | 0

-- rule: t-sql/functions/objectproperty-transact-sql: NULL for an unknown property and for an id of nothing
SELECT OBJECTPROPERTY(OBJECT_ID('sys.objects'), 'Nonsense'), OBJECTPROPERTY(1, 'IsTable')
--> NULL | NULL

-- rule: t-sql/functions/objectpropertyex-transact-sql: BaseType is the type of the object, Cardinality the number of its rows
USE tempdb
CREATE TABLE dbo.mf_f (id int)
INSERT dbo.mf_f VALUES (1), (2)
SELECT CAST(OBJECTPROPERTYEX(OBJECT_ID('dbo.mf_f'), 'BaseType') AS char(2)), CAST(OBJECTPROPERTYEX(OBJECT_ID('dbo.mf_f'), 'Cardinality') AS bigint)
DROP TABLE dbo.mf_f
--> 'U ' | 2

-- rule: t-sql/functions/indexproperty-transact-sql: IsUnique, IsClustered and IndexID of an index by its name
USE tempdb
CREATE TABLE dbo.mf_g (id int CONSTRAINT mf_g_pk PRIMARY KEY, other int)
CREATE INDEX mf_g_ix ON dbo.mf_g (other)
SELECT INDEXPROPERTY(OBJECT_ID('dbo.mf_g'), 'mf_g_pk', 'IsClustered'), INDEXPROPERTY(OBJECT_ID('dbo.mf_g'), 'mf_g_ix', 'IsUnique'), INDEXPROPERTY(OBJECT_ID('dbo.mf_g'), 'mf_g_ix', 'IndexID'), INDEXPROPERTY(OBJECT_ID('dbo.mf_g'), 'nothing', 'IsUnique')
DROP TABLE dbo.mf_g
--> 1 | 0 | 2 | NULL

-- rule: t-sql/functions/index-col-transact-sql: the name of a key column by the index and its place in the key
USE tempdb
CREATE TABLE dbo.mf_h (a int NOT NULL, b int NOT NULL, PRIMARY KEY (b, a))
SELECT INDEX_COL('dbo.mf_h', 1, 1), INDEX_COL('dbo.mf_h', 1, 2), INDEX_COL('dbo.mf_h', 1, 3)
DROP TABLE dbo.mf_h
--> 'b' | 'a' | NULL

-- rule: t-sql/functions/indexkey-property-transact-sql: ColumnId and IsDescending of a key column
USE tempdb
CREATE TABLE dbo.mf_i (a int, b int)
CREATE CLUSTERED INDEX mf_i_ix ON dbo.mf_i (b DESC, a)
SELECT INDEXKEY_PROPERTY(OBJECT_ID('dbo.mf_i'), 1, 1, 'ColumnId'), INDEXKEY_PROPERTY(OBJECT_ID('dbo.mf_i'), 1, 1, 'IsDescending'), INDEXKEY_PROPERTY(OBJECT_ID('dbo.mf_i'), 1, 2, 'IsDescending')
DROP TABLE dbo.mf_i
--> 2 | 1 | 0

-- rule: t-sql/functions/type-id-transact-sql: the id of a system type; NULL for a name of no type
SELECT TYPE_ID('int'), TYPE_ID('sys.nvarchar'), TYPE_ID('nothing')
--> 56 | 231 | NULL

-- rule: t-sql/functions/type-name-transact-sql: the name of a type by its id
SELECT TYPE_NAME(56), TYPE_NAME(231), TYPE_NAME(9999)
--> 'int' | 'nvarchar' | NULL

-- rule: t-sql/functions/typeproperty-transact-sql: Precision and Scale of a type
SELECT TYPEPROPERTY('tinyint', 'Precision'), TYPEPROPERTY('decimal', 'Scale'), TYPEPROPERTY('nothing', 'Precision')
--> 3 | 38 | NULL

-- rule: t-sql/functions/object-definition-transact-sql: the text of a view as it was created
USE tempdb
EXEC ('CREATE VIEW dbo.mf_v AS SELECT 1 AS one')
SELECT OBJECT_DEFINITION(OBJECT_ID('dbo.mf_v'))
DROP VIEW dbo.mf_v
--> 'CREATE VIEW dbo.mf_v AS SELECT 1 AS one'

-- rule: relational-databases/system-stored-procedures/sp-addextendedproperty-transact-sql: adds a property to a column, listed by fn_listextendedproperty
USE tempdb
CREATE TABLE dbo.mf_p (id int)
EXEC sys.sp_addextendedproperty 'Caption', 'the key', 'SCHEMA', 'dbo', 'TABLE', 'mf_p', 'COLUMN', 'id'
SELECT objtype, objname, name, CAST(value AS varchar(20)) FROM fn_listextendedproperty(NULL, 'schema', 'dbo', 'table', 'mf_p', 'column', DEFAULT)
EXEC sys.sp_dropextendedproperty 'Caption', 'SCHEMA', 'dbo', 'TABLE', 'mf_p', 'COLUMN', 'id'
DROP TABLE dbo.mf_p
--> 'COLUMN' | 'id' | 'Caption' | 'the key'

-- rule: relational-databases/system-stored-procedures/sp-updateextendedproperty-transact-sql: the property must exist
USE tempdb
CREATE TABLE dbo.mf_q (id int)
EXEC sys.sp_updateextendedproperty 'Caption', 'x', 'SCHEMA', 'dbo', 'TABLE', 'mf_q'
DROP TABLE dbo.mf_q
--! 15217

-- rule: relational-databases/system-stored-procedures/sp-helpindex-transact-sql: name, description and keys of each index, a descending key marked with (-)
USE tempdb
CREATE TABLE dbo.mf_r (a int, b int)
CREATE INDEX mf_r_ix ON dbo.mf_r (b DESC, a)
EXEC sp_helpindex 'dbo.mf_r'
DROP TABLE dbo.mf_r
--> 'mf_r_ix' | 'nonclustered located on PRIMARY' | 'b(-), a'

-- rule: relational-databases/system-catalog-views/sys-synonyms-transact-sql: base_object_name is what the synonym stands for
USE tempdb
CREATE SYNONYM dbo.mf_s FOR dbo.other
SELECT base_object_name FROM sys.synonyms WHERE name = 'mf_s'
DROP SYNONYM dbo.mf_s
--> '[dbo].[other]'
