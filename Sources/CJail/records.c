#define _GNU_SOURCE
#include "rce_jail.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

static size_t length(const struct rce_jail_record *record) {
  size_t bytes = sizeof *record + (size_t)record->nameLength + 1 + (size_t)record->dataLength + 1;
  return (bytes + 7) & ~(size_t)7;
}

const char *rce_jail_name(const struct rce_jail_record *record) { return (const char *)(record + 1); }

const char *rce_jail_data(const struct rce_jail_record *record) {
  return rce_jail_name(record) + record->nameLength + 1;
}

static const struct rce_jail_record *first(const struct rce_jail *jail) {
  return (const struct rce_jail_record *)(jail->header + 1);
}

// NULL where the record, or what it says of itself, reaches beyond the end.
static const struct rce_jail_record *checked(const struct rce_jail *jail, const struct rce_jail_record *record) {
  size_t offset = (size_t)((const char *)record - (const char *)jail->header);
  if (offset + sizeof *record > jail->size) return NULL;
  if (record->nameLength > jail->size || record->dataLength > jail->size) return NULL;
  return offset + length(record) <= jail->size ? record : NULL;
}

static const struct rce_jail_record *following(const struct rce_jail *jail, const struct rce_jail_record *record) {
  return checked(jail, (const struct rce_jail_record *)((const char *)record + length(record)));
}

const struct rce_jail_record *rce_jail_next(
    const struct rce_jail *jail, uint32_t kind, const struct rce_jail_record *after) {
  const struct rce_jail_record *record = after ? following(jail, after) : checked(jail, first(jail));
  while (record && record->kind != kind) record = following(jail, record);
  return record;
}

static int is_sound(const struct rce_jail *jail) {
  if (jail->header->magic != RCE_JAIL_MAGIC || jail->header->version != RCE_JAIL_VERSION) return 0;
  if (jail->header->size != jail->size - sizeof *jail->header) return 0;
  const struct rce_jail_record *record = first(jail);
  const char *end = (const char *)jail->header + jail->size;
  while ((const char *)record < end) {
    if (!checked(jail, record)) return 0;
    if (rce_jail_name(record)[record->nameLength] || rce_jail_data(record)[record->dataLength]) return 0;
    record = (const struct rce_jail_record *)((const char *)record + length(record));
  }
  return (const char *)record == end;
}

int rce_jail_read(int descriptor, struct rce_jail *jail) {
  struct stat information;
  if (fstat(descriptor, &information) != 0) return -1;
  jail->size = (size_t)information.st_size;
  if (jail->size < sizeof(struct rce_jail_header)) {
    errno = EINVAL;
    return -1;
  }
  // Private and writable for nobody: arguments and environment of the program point into it until execve(2).
  void *bytes = mmap(NULL, jail->size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, descriptor, 0);
  if (bytes == MAP_FAILED) return -1;
  jail->header = bytes;
  if (is_sound(jail)) return 0;
  errno = EINVAL;
  return -1;
}
