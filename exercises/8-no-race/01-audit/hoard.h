// A dragon's hoard: chests of gold coins, numbered from 0. Any number of threads may use it at the
// same time.
#pragma once

#include <stdbool.h>

struct hoard;

// So many empty chests, or NULL without memory. The caller frees it when nobody uses it any more.
struct hoard *hoard_new(int chests);
void hoard_free(struct hoard *hoard);

// Puts coins that are new to the hoard into a chest.
void hoard_add(struct hoard *hoard, int chest, long coins);

// Carries coins from one chest to another one, and returns true. False if there are not so many in
// it: then nothing has moved. The two may be the same chest. However dwarves cross each other, each
// of them arrives.
bool hoard_carry(struct hoard *hoard, int from, int to, long coins);

// How many coins are in a chest.
long hoard_in_chest(struct hoard *hoard, int chest);

// How many coins there are in all chests together, at one moment: none is missed because it is
// being carried, and none is counted twice.
long hoard_count(struct hoard *hoard);
