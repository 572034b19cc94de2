/** GoogleSQL over a row `push` of `product_eng.events`: whether the push was to the default branch. */
export const IS_MAIN_PUSH =
  "JSON_VALUE(push.payload, '$.ref') = CONCAT('refs/heads/', JSON_VALUE(push.payload, '$.repository.default_branch'))";

/** GoogleSQL over a commit `pushed` of a push: the first line of its message. */
export const COMMIT_TITLE = String.raw`REGEXP_EXTRACT(JSON_VALUE(pushed, '$.message'), r'^[^\n]*')`;

/** GoogleSQL over a commit `pushed` of a push: the commit that it reverts. A revert of a revert brings a change back. */
export const REVERTED_COMMIT = `IF(
    REGEXP_CONTAINS(JSON_VALUE(pushed, '$.message'), r'^Revert "Revert "'),
    NULL,
    -- git-revert writes the line.
    LOWER(REGEXP_EXTRACT(JSON_VALUE(pushed, '$.message'), r'This reverts commit ([0-9a-fA-F]{7,64})'))
  )`;
