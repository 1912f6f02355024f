#pragma once
#include <stdint.h>

/* What a run of the copy loop took. */
struct copy_loop_result {
  int64_t messages;
  double seconds;     /* wall */
  double cpu_seconds; /* user and system, of all threads of this process */
};

/*
 * Copies `messages` messages from the first offsets of `in` to `out` with librdkafka alone: batches in, an idempotent
 * producer out, nothing else. The floor that the Swift client is measured against, with the same settings.
 */
struct copy_loop_result copy_loop_in_c(const char *bootstrap, const char *in, int in_partitions, const char *out,
                                       int out_partitions, int64_t messages);

/* User and system time of this process so far, all threads. */
double cpu_seconds_so_far(void);
