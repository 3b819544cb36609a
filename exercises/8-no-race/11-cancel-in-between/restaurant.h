// A small restaurant. Any number of guests may come at the same time, each of them a thread.
#pragma once

struct restaurant;

// A restaurant with so many tables, all free, and no dish on the counter; or NULL without memory.
// The caller frees it when nobody is there any more.
struct restaurant *restaurant_new(int tables);
void restaurant_free(struct restaurant *restaurant);

// What a guest does who has a table and a dish.
typedef void restaurant_meal(void *guest);

// Waits for a free table and takes it, waits for a dish and takes it, and calls eat(guest). Then
// the table is free for the next one. Guests may eat at the same time, but never more than there
// are tables.
//
// A guest may be called away, that is to say, his thread may be cancelled. He leaves if he waits
// for something, and may leave while he eats. He takes no dish with him that he has not begun to
// eat, and the table that he had is free for the next one. When he has dined, whether his thread can
// be cancelled is as it was before.
void restaurant_dine(struct restaurant *restaurant, restaurant_meal *eat, void *guest);

// Puts a dish on the counter, for a guest who waits or for one who comes.
void restaurant_serve(struct restaurant *restaurant);

// How many tables are free, and how many dishes are on the counter.
int restaurant_tables(struct restaurant *restaurant);
int restaurant_dishes(struct restaurant *restaurant);
