-- Every review of a pull request, with its latest state.
SELECT
  repository,
  review_id,
  pull_request_number,
  pull_request_author,
  author,
  IFNULL(author_type = 'Bot', FALSE) OR IFNULL(ENDS_WITH(author, '[bot]'), FALSE) AS author_is_bot,
  state,
  submitted_at,
  commit_sha
FROM product_eng.review_facts
