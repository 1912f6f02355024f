#include "copy_loop.h"

#include <librdkafka/rdkafka.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

enum { BATCH = 1000 };

static void set(rd_kafka_conf_t *conf, const char *key, const char *value) {
  char text[512];
  if (rd_kafka_conf_set(conf, key, value, text, sizeof text) != RD_KAFKA_CONF_OK) {
    fprintf(stderr, "%s\n", text);
    exit(1);
  }
}

static int64_t delivered;

static void count(rd_kafka_t *client, const rd_kafka_message_t *message, void *opaque) {
  (void)client;
  (void)opaque;
  if (message->err) {
    fprintf(stderr, "not delivered: %s\n", rd_kafka_err2str(message->err));
    exit(1);
  }
  delivered++;
}

double cpu_seconds_so_far(void) {
  struct rusage use;
  getrusage(RUSAGE_SELF, &use);
  return (double)use.ru_utime.tv_sec + (double)use.ru_stime.tv_sec +
         ((double)use.ru_utime.tv_usec + (double)use.ru_stime.tv_usec) / 1e6;
}

static double seconds_so_far(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static rd_kafka_t *make(rd_kafka_type_t type, rd_kafka_conf_t *conf) {
  char text[512];
  rd_kafka_t *client = rd_kafka_new(type, conf, text, sizeof text);
  if (!client) {
    fprintf(stderr, "%s\n", text);
    exit(1);
  }
  return client;
}

static rd_kafka_t *make_consumer(const char *bootstrap) {
  rd_kafka_conf_t *conf = rd_kafka_conf_new();
  set(conf, "bootstrap.servers", bootstrap);
  set(conf, "group.id", "copy");
  set(conf, "isolation.level", "read_committed");
  set(conf, "enable.auto.commit", "false");
  set(conf, "enable.auto.offset.store", "false");
  set(conf, "auto.offset.reset", "earliest");
  set(conf, "enable.partition.eof", "true");
  set(conf, "partition.assignment.strategy", "range");
  set(conf, "fetch.wait.max.ms", "10");
  set(conf, "queued.min.messages", "2000000");
  set(conf, "queued.max.messages.kbytes", "2000000");
  set(conf, "socket.nagle.disable", "true");
  return make(RD_KAFKA_CONSUMER, conf);
}

static rd_kafka_t *make_producer(const char *bootstrap) {
  rd_kafka_conf_t *conf = rd_kafka_conf_new();
  set(conf, "bootstrap.servers", bootstrap);
  set(conf, "partitioner", "murmur2_random");
  set(conf, "enable.idempotence", "true");
  set(conf, "acks", "all");
  set(conf, "linger.ms", "5");
  set(conf, "compression.codec", "none");
  set(conf, "socket.nagle.disable", "true");
  rd_kafka_conf_set_dr_msg_cb(conf, count);
  return make(RD_KAFKA_PRODUCER, conf);
}

struct copy_loop_result copy_loop_in_c(const char *bootstrap, const char *in, int in_partitions, const char *out,
                                       int out_partitions, int64_t messages) {
  rd_kafka_t *consumer = make_consumer(bootstrap);
  rd_kafka_t *producer = make_producer(bootstrap);
  rd_kafka_poll_set_consumer(consumer);
  rd_kafka_queue_t *queue = rd_kafka_queue_get_consumer(consumer);
  rd_kafka_topic_t *target = rd_kafka_topic_new(producer, out, NULL);

  double started = seconds_so_far(), cpu_started = cpu_seconds_so_far();
  rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(in_partitions);
  for (int p = 0; p < in_partitions; p++)
    rd_kafka_topic_partition_list_add(list, in, p)->offset = RD_KAFKA_OFFSET_BEGINNING;
  rd_kafka_assign(consumer, list);
  rd_kafka_topic_partition_list_destroy(list);

  rd_kafka_message_t *batch[BATCH];
  int64_t copied = 0;
  while (copied < messages) {
    ssize_t n = rd_kafka_consume_batch_queue(queue, 50, batch, BATCH);
    for (ssize_t i = 0; i < n; i++) {
      rd_kafka_message_t *m = batch[i];
      if (!m->err && copied < messages) {
        while (rd_kafka_produce(target, (int32_t)(copied % out_partitions), RD_KAFKA_MSG_F_COPY, m->payload, m->len,
                                m->key, m->key_len, NULL) != 0)
          rd_kafka_poll(producer, 100);
        copied++;
      }
      rd_kafka_message_destroy(m);
    }
    rd_kafka_poll(producer, 0);
  }
  rd_kafka_flush(producer, 60000);
  struct copy_loop_result result = {delivered, seconds_so_far() - started, cpu_seconds_so_far() - cpu_started};

  rd_kafka_topic_destroy(target);
  rd_kafka_destroy(producer);
  rd_kafka_queue_destroy(queue);
  rd_kafka_destroy_flags(consumer, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
  return result;
}
