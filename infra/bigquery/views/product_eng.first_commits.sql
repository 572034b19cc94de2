-- When the first commit of every merged pull request was authored, where pushes to its branch are known.
SELECT repository, number, authored_at
FROM product_eng.first_commit_summaries
