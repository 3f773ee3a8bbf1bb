-- An image that is restored from a backup: source_path of its files is the backup, and this the position
-- of the backup set in it. NULL for an image of database files.
ALTER TABLE images ADD COLUMN backup_position INTEGER;
