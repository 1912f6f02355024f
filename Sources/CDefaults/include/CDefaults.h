#pragma once
#include <stddef.h>

// The default policy, embedded so that the program runs from anywhere; `--policy` replaces it without a rebuild.
const unsigned char *heed_default_policy(void);
size_t heed_default_policy_size(void);

// The cases of the default policy, for `heed policy test`.
const unsigned char *heed_default_cases(void);
size_t heed_default_cases_size(void);
