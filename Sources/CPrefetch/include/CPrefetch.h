#pragma once

// Asks the processor to bring the line of memory at `place` near, and goes on without waiting. Swift has no word for it.
static inline void heed_prefetch(const void *place) { __builtin_prefetch(place); }
