"""File formats: bytes to values and back; nothing here knows that there is a database.

- `text_files`: plain text in UTF-8, UTF-16, Windows-1252 or Latin-1 (read)
- `jsonl`: lines of JSON, one value a line (read and write)
- `statement_record`: the lines of statements.jsonl
- `article_record`: the lines of articles.jsonl
- `dataset_record`: dataset.json, what an export holds
- `export_folder`: the three files on the disk, replaced as a whole (write)
- `labels`: labels as Label Studio, doccano, Prodigy, brat and tables hold them (read)
- `label_seeds`: the compact labels of the sample corpus (read)
"""
