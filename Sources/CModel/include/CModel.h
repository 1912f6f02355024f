#pragma once
#include <stddef.h>

// The shipped model, embedded so that the program runs from anywhere; `--model` replaces it without a rebuild.
const unsigned char *heed_shipped_model(void);
size_t heed_shipped_model_size(void);
