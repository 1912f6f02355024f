#pragma once
#include <stdint.h>

/* How often this thread has asked for memory. */
int64_t allocations_so_far(void);

/* What was freed goes back to the system, so that what is resident is what is used. */
void give_back_free_memory(void);
